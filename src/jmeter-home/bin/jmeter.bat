@echo off
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" "@%~dp0java.options" %JVM_ARGS% -jar "%~dp0ApacheJMeter.jar" %*
