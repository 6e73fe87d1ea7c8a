#!/bin/sh
# Linux: installs the course from this stick and opens lesson 00. In a terminal: sh start.sh
here=$(cd "$(dirname "$0")" && pwd)
for version in PYTHONS; do
    if "python$version" -c "import venv" 2>/dev/null; then
        exec "python$version" -B "$here/installer/install.py" "$@"
    fi
done
if python3 -c "import venv" 2>/dev/null; then
    exec python3 -B "$here/installer/install.py" "$@" # tells which Python it needs
fi
echo "No Python was found. Install one of these first: PYTHONS"
echo "Python が見つかりません。先に、次のどれかを入れてください：PYTHONS"
exit 1
