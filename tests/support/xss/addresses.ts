/** Addresses that run or carry away, in every spelling. `~` is the script of the case, `BEACON` an address of a stranger. */
export const ADDRESSES: Readonly<Record<string, string>> = {
  'link to javascript': '<a href="javascript:~">x</a>',
  'link in mixed case': '<a href="JaVaScRiPt:~">x</a>',
  'link after a space': '<a href=" javascript:~">x</a>',
  'link after a control': '<a href="\u0001javascript:~">x</a>',
  'link after many controls': '<a href="\u001f\u0008\u000e javascript:~">x</a>',
  'link after a wide space': '<a href="\u3000javascript:~">x</a><a href="\u00a0javascript:~">y</a>',
  'link after a byte order mark': '<a href="\ufeffjavascript:~">x</a>',
  'link with a tab inside': '<a href="java\tscript:~">x</a>',
  'link with a line end inside': '<a href="java\r\nscript\n:~">x</a>',
  'link with a tab before the colon': '<a href="javascript\t:~">x</a><a href="javascript :~">y</a>',
  'link with a form feed inside': '<a href="java\fscript:~">x</a>',
  'link with a NUL inside': '<a href="java\0script:~">x</a>',
  'link with a soft hyphen': '<a href="java\u00adscript:~">x</a><a href="java\u200bscript:~">y</a>',
  'link with an escaped tab': '<a href="java&Tab;script&colon;~">x</a>',
  'link with an escaped line end': '<a href="javas&#x0A;cript:~">x</a>',
  'link with named line ends': '<a href="&NewLine;j&NewLine;avascript&colon;~">x</a>',
  'link in numbers': '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;~">x</a>',
  'link in hexadecimal numbers':
    '<a href="&#X6a;&#x61;&#X76;&#x61;&#X73;&#x63;&#X72;&#x69;&#X70;&#x74;&#X3a;~">x</a>',
  'link in numbers without semicolons': '<a href="&#0000106avascript&#0000058~">x</a>',
  'link in percent signs': '<a href="%6a%61vascript:~">x</a><a href="javascript%3a~">y</a>',
  'link in percent signs after the colon': '<a href="javascript:%73elf.__xss%3D1">x</a>',
  'link in letters that look alike': '<a href="jаvascript:~">x</a><a href="ｊavascript:~">y</a>',
  'link with a dotless i': '<a href="javascrıpt:~">x</a><a href="javaſcript:~">y</a>',
  'link with a colon of another width': '<a href="javascript：~">x</a><a href="javascript&#xff1a;~">y</a>',
  'link that reads right to left': '<a href="\u202ejavascript:~">x</a><a href="java\u2066script:~">y</a>',
  'link without quotes': '<a href=javascript:~>x</a>',
  'link in single quotes': "<a href='javascript:~'>x</a>",
  'link in grave accents': '<a href=`javascript:~`>x</a>',
  'link to a data page': '<a href="data:text/html,<script>~</script>">x</a>',
  'link to a data page in base64':
    '<a href="data:text/html;base64,PHNjcmlwdD50b3AuX194c3M9MTwvc2NyaXB0Pg==">x</a>',
  'link to a data picture':
    '<a href="data:image/svg+xml,<svg xmlns=http://www.w3.org/2000/svg onload=~ />">x</a>',
  'link to a data page of no type': '<a href="data:,<script>~</script>">x</a><a href="DATA:;x,~">y</a>',
  'link to a data page in xml':
    '<a href="data:application/xhtml+xml,<x:script xmlns:x=\'http://www.w3.org/1999/xhtml\'>~</x:script>">x</a>',
  'link to vbscript': '<a href="vbscript:~">x</a>',
  'link to vbscript with a tab':
    '<a href="vb\tscript:~">x</a><a href="livescript:~">y</a><a href="mocha:~">z</a>',
  'link to a blob': '<a href="blob:null/~">x</a>',
  'link to a file system':
    '<a href="filesystem:http://localhost/temporary/~">x</a><a href="file:///etc/passwd">y</a>',
  'link to the browser itself': '<a href="view-source:javascript:~">x</a><a href="about:blank#~">y</a>',
  'link to a program':
    '<a href="ms-word:ofe|u|BEACON">x</a><a href="intent://x#Intent;scheme=javascript;end">y</a>',
  'link within a link': '<a href="feed:javascript:~">x</a><a href="jar:javascript:~!/">y</a>',
  'link to javascript behind a fake site': '<a href="javascript://example.com/%0a~">x</a>',
  'link to javascript behind a mail address': '<a href="javascript:mailto:x@example.com/%0a~">x</a>',
  'link to javascript after a label': '<a href="javascript:http:{~}//">x</a>',
  'link with a second href':
    '<a href="https://example.com/" xlink:href="javascript:~" HREF="javascript:~">x</a>',
  'link that names somebody': '<a href="https://bank.example@beacon.invalid/">x</a>',
  'link with backslashes': '<a href="\\\\beacon.invalid\\x">x</a><a href="/\\beacon.invalid">y</a>',
  'link against a hostile base': '<base href="javascript:/"><a href="~">x</a><a href="../~">y</a>',
  'image map': '<map name=m><area shape=default href="javascript:~"></map><img usemap=#m src=x>',
  'base address': '<base href="javascript:~//"><a href="#x">x</a>',
  'base of another site': '<base href="BEACON/" target=_top><a href="x">x</a><script src="a.js"></script>',
  'cited address': '<blockquote cite="javascript:~">x</blockquote><q cite="javascript:~">y</q>',
  'deleted and inserted address': '<del cite="javascript:~">x</del><ins cite="data:text/html,~">y</ins>',
  'ping address': '<a href="https://example.com/" ping="javascript:~" target="_self">x</a>',
  'ping to elsewhere': '<a href="https://example.com/" ping="BEACON/ping" attributionsrc="BEACON/a">x</a>',
  'link to a window of ours':
    '<a href="https://example.com/" target="_parent" rel="opener" download="x.html">x</a>',
  'long description':
    '<img longdesc="javascript:~" dynsrc="javascript:~" lowsrc="javascript:~" src="javascript:~">',
  'picture addresses':
    '<img src="vbscript:~"><input type=image src="javascript:~"><video poster="javascript:~"></video>',
  'link in Markdown': '[x](javascript:~) ![y](BEACON/md.png) <javascript:~> [z]: javascript:~',
  'link in Markdown with a title': '[x](https://example.com/ "y" onclick="~") [z](data:text/html,~)',
  'link typed out': 'javascript:~ and http://beacon.invalid/typed and www.beacon.invalid',
};
