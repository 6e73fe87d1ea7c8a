@echo off
rem Windows: installs the course from this stick and opens lesson 00. Double-click it.
set PYTHONUTF8=1
for %%v in (PYTHONS) do (
    py -%%v -c "import venv" >nul 2>nul && (
        py -%%v -B "%~dp0installer\install.py" %*
        goto done
    )
)
python -c "import venv" >nul 2>nul && (
    python -B "%~dp0installer\install.py" %*
    goto done
)
echo No Python was found. Install one of these first (look in the folder python): PYTHONS
echo See README.txt or README.ja.txt on this stick.
cmd /c exit 1
:done
set status=%errorlevel%
pause
exit /b %status%
