#!/bin/sh
# Mac: installs the course from this stick and opens lesson 00. Double-click it.
# (It never calls plain python3: on a Mac without Python, that would offer to download Xcode.)
here=$(cd "$(dirname "$0")" && pwd)
for version in PYTHONS; do
    for folder in "/Library/Frameworks/Python.framework/Versions/$version/bin/" \
        /opt/homebrew/bin/ /usr/local/bin/ "$HOME/.local/bin/" ""; do
        if "${folder}python$version" -c "import venv" 2>/dev/null; then
            exec "${folder}python$version" -B "$here/installer/install.py" "$@"
        fi
    done
done
echo "No Python was found. Install one of these first (look in the folder python): PYTHONS"
echo "Python が見つかりません。先に、次のどれかを入れてください（python フォルダを見てください）：PYTHONS"
exit 1
