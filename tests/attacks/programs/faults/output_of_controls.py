# tries: print what a terminal, a page or a spreadsheet would carry out
# expects: all as honest
# prints: before
# %% first
print("before \x1b[2J\x1b]0;title\x07 \r\n\x00\x08 =cmd|'/c calc'!A1 <script>alert(1)</script>")
print("<img src=x onerror=alert(1)> ]]> --> {{ 7 * 7 }} ${7*7}")
