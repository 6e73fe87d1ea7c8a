"""What the installer says, in both languages."""

WORDS = {
    "copying": {
        "en": "The course comes to {folder}",
        "ja": "コースを {folder} に入れます。",
    },
    "installing": {
        "en": "Installing from the stick. This takes a few minutes; leave the stick in.",
        "ja": "USB メモリからインストールします。数分かかります。USB メモリは抜かないでください。",
    },
    "ready": {
        "en": "Ready. You can take the stick out now.\n"
        "The course is in {folder}\n"
        "Next time, start it there with {start}",
        "ja": "準備ができました。USB メモリを抜いてかまいません。\n"
        "コースは {folder} にあります。\n"
        "次からは、そこにある {start} で始めます。",
    },
    "python": {
        "en": "This is Python {version}, but the stick has packages for {known}.\n"
        "Install one of these (look in the stick's folder python), then start again.",
        "ja": "これは Python {version} ですが、USB メモリにあるのは {known} 用です。\n"
        "どれかを入れてから、もう一度始めてください。"
        "USB メモリの python フォルダにあるかもしれません。",
    },
    "system": {
        "en": "The stick has no packages for this computer ({machine}).\n"
        "On Windows, install the 64-bit Python (x86-64). Otherwise take Binder or a neighbour.",
        "ja": "この USB メモリには、このパソコン（{machine}）用のものがありません。\n"
        "Windows では、64 ビット（x86-64）の Python を入れてください。"
        "ほかの場合は、Binder を使うか、隣の人の画面を見せてもらいましょう。",
    },
    "space": {
        "en": "The disk is nearly full: the course needs 1 GB in {home}. Free some space.",
        "ja": "ディスクの空きが足りません。{home} に 1 GB 必要です。いらないものを消してください。",
    },
    "copy": {
        "en": "The course cannot be copied to {folder}: {error}",
        "ja": "コースを {folder} にコピーできません：{error}",
    },
    "damaged": {
        "en": "The stick is damaged, take another one. At fault: {names}",
        "ja": "この USB メモリは壊れています。別のものを使ってください。壊れたファイル：{names}",
    },
    "failed": {
        "en": "The packages could not be installed. Show this to your instructor:\n{said}",
        "ja": "インストールできませんでした。この画面を講師に見せてください。\n{said}",
    },
}
