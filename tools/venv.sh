#!/bin/sh
# venv.sh FOLDER: make a virtual environment with Python 3.11, or say in one line what to type.
set -eu
for python in ${PYTHON:-} python3.11 python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "Python's venv module is missing. Type: sudo apt-get install python3.11-venv" >&2
            exit 1
        fi
        exec "$python" -m venv "$1"
    fi
done
echo "Python 3.11 is missing. Type: sudo apt-get install python3.11 python3.11-venv" >&2
exit 1
