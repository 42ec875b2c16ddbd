/** Html that tries to run script: each would set `window.__xss` to its own name. */
export type XssCase = { readonly name: string; readonly html: string };

/** A `~` stands for the script of the case; it holds no double quote, no space and no angle bracket. */
const PAYLOADS: Readonly<Record<string, string>> = {
  // Script as such.
  script: '<script>~</script>',
  'script in upper case': '<SCRIPT>~</SCRIPT>',
  'script with a slash': '<script/x>~</script>',
  'script cut by a script': '<scr<script>ipt>~</scr</script>ipt>',
  'script from a data address': '<script src="data:text/javascript,~"></script>',
  'script as a module': '<script type="module">~</script>',
  'script after an open comment': '<!--><script>~</script>-->',
  'script after a bang comment': '<!--!><script>~</script>--!>',
  'script in a conditional comment': '<!--[if IE]><script>~</script><![endif]-->',
  'script without an end': '<p>before<script>~//',
  'script in a processing instruction': '<?xml ><script>~</script>?>',
  'script behind a bogus end tag': '</x "><script>~</script>',
  'script behind a NUL': '<scr\0ipt>~</scr\0ipt><img\0 src=x onerror=~>',
  // Handlers.
  'image error': '<img src=x onerror="~">',
  'image error without quotes': '<img src=x onerror=~>',
  'image error with slashes': '<img/src=x/onerror=~>',
  'image error after a quote': '<img """><img src=x onerror=~>">',
  'image error by the old name': '<image src=x onerror="~">',
  'image error with a line end in the name': '<img src=x onerror\n=\n"~">',
  'image srcset': '<img srcset="x 1x" onerror="~"><source srcset=x onerror="~">',
  'picture source': '<picture><source srcset=x><img onerror="~" src=x></picture>',
  'body load': '<body onload="~"><p>x',
  'body twice': '<p>x<body onpageshow="~">',
  'html handler': '<html onclick="~" onmouseover="~"><p>x',
  'focus at once': '<p tabindex=0 autofocus onfocus="~">x</p>',
  'link focus': '<a href="https://example.com/" autofocus onfocus="~">x</a>',
  'details toggle': '<details open ontoggle="~"><summary>x</summary>y</details>',
  'media error': '<video><source onerror="~"></video><audio src=x onerror="~"></audio>',
  'marquee start': '<marquee onstart="~">x</marquee>',
  'animation end': '<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart="~">x</p>',
  'transition end': '<b style="transition:outline 1s" ontransitionend="~">x</b>',
  'popover toggle': '<button popovertarget=p>x</button><p popover id=p onbeforetoggle="~">y</p>',
  'pointer over a cell': '<table><tr><td onpointerover="~" background="javascript:~">x</td></tr></table>',
  'handler in an unknown element': '<x-a onclick="~" contenteditable>x</x-a>',
  'handler after a grave accent': '<img src=`x` onerror=`~`><p title="`onmouseover=~">x</p>',
  'content visibility': '<p style="content-visibility:auto" oncontentvisibilityautostatechange="~">x</p>',
  // Addresses.
  'link to javascript': '<a href="javascript:~">x</a>',
  'link in mixed case': '<a href="JaVaScRiPt:~">x</a>',
  'link after a space': '<a href=" javascript:~">x</a>',
  'link after a control': '<a href="\u0001javascript:~">x</a>',
  'link with a tab inside': '<a href="java\tscript:~">x</a>',
  'link with an escaped tab': '<a href="java&Tab;script&colon;~">x</a>',
  'link with an escaped line end': '<a href="javas&#x0A;cript:~">x</a>',
  'link in numbers': '<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;~">x</a>',
  'link in numbers without semicolons': '<a href="&#0000106avascript&#0000058~">x</a>',
  'link to a data page': '<a href="data:text/html,<script>~</script>">x</a>',
  'link to a data page in base64':
    '<a href="data:text/html;base64,PHNjcmlwdD50b3AuX194c3M9MTwvc2NyaXB0Pg==">x</a>',
  'link to vbscript': '<a href="vbscript:~">x</a>',
  'link to a blob': '<a href="blob:null/~">x</a>',
  'link to javascript behind a fake site': '<a href="javascript://example.com/%0a~">x</a>',
  'link with a second href':
    '<a href="https://example.com/" xlink:href="javascript:~" HREF="javascript:~">x</a>',
  'image map': '<map name=m><area shape=default href="javascript:~"></map><img usemap=#m src=x>',
  'base address': '<base href="javascript:~//"><a href="#x">x</a>',
  'cited address': '<blockquote cite="javascript:~">x</blockquote><q cite="javascript:~">y</q>',
  'ping address': '<a href="https://example.com/" ping="javascript:~" target="_self">x</a>',
  // What loads or sends.
  iframe: '<iframe src="javascript:~"></iframe>',
  'iframe with a page inside': '<iframe srcdoc="<script>top.~</script>"></iframe>',
  'iframe srcdoc escaped': '<iframe srcdoc="&lt;img src=x onerror=parent.~&gt;"></iframe>',
  frameset: '<frameset onload="~"><frame src="javascript:~"></frameset>',
  object: '<object data="javascript:~"></object>',
  'object with a data page':
    '<object type="text/html" data="data:text/html,<script>top.~</script>"></object>',
  embed: '<embed src="javascript:~" type="text/html">',
  'form action': '<form action="javascript:~"><input type=submit autofocus></form>',
  'button action': '<form id=f></form><button form=f formaction="javascript:~">x</button>',
  'input image': '<input type=image src=x onerror="~"><input autofocus onfocus="~">',
  isindex: '<isindex type=image src=x onerror="~" action="javascript:~">',
  'meta refresh': '<meta http-equiv="refresh" content="0;url=javascript:~">',
  'link import':
    '<link rel="stylesheet" href="data:text/css,*{x:expression(~)}" onload="~"><link rel=import href=x>',
  'style import': '<style>@import "javascript:~";*{background:url("javascript:~")}</style>',
  'style expression': '<p style="width:expression(~);background:url(javascript:~);-moz-binding:url(x)">x</p>',
  'portal and fenced frame':
    '<portal src="javascript:~"></portal><fencedframe src="javascript:~"></fencedframe>',
  // Parsers that disagree.
  svg: '<svg onload="~"></svg>',
  'svg script': '<svg><script>~</script></svg>',
  'svg script in numbers': '<svg><script>&#119;indow.__xss=1</script></svg>',
  'svg animated link':
    '<svg><a><animate attributeName=href values="javascript:~"/><text y=9>x</text></a></svg>',
  'svg set': '<svg><set attributeName=onmouseover to="~"/></svg>',
  'svg use':
    '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=~></svg>#x"/></svg>',
  'svg foreign object': '<svg><foreignObject><img src=x onerror="~"></foreignObject></svg>',
  'svg style breaker': '<svg></p><style><a title="</style><img src=x onerror=~>"></style></svg>',
  'svg title breaker': '<svg><title><style><img src="</style><img src=x onerror=~>"></style></title></svg>',
  'svg description': '<svg><desc><noembed><img src=x onerror="~"></noembed></desc></svg>',
  'svg with CDATA': '<svg><![CDATA[><image xlink:href="]]><img src=x onerror=~>//"></svg>',
  'CDATA in html': '<![CDATA[<p>]]><img src=x onerror="~">',
  'math link': '<math href="javascript:~">x</math><math><mi xlink:href="javascript:~">y</mi></math>',
  'math annotation':
    '<math><annotation-xml encoding="text/html"><img src=x onerror="~"></annotation-xml></math>',
  'math annotation without encoding':
    '<math><annotation-xml><style><img src=x onerror=~></style></annotation-xml></math>',
  'math table nest':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=~&gt;">',
  'math form nest':
    '<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=~></style></mglyph></form>',
  'math malignmark': '<math><mtext><malignmark><svg><style><a id="</style><img src=x onerror=~>"></svg>',
  'noscript title': '<noscript><p title="</noscript><img src=x onerror=~>"></noscript>',
  'noembed breaker': '<noembed><p title="</noembed><img src=x onerror=~>"></noembed>',
  'noframes breaker': '<noframes><p title="</noframes><img src=x onerror=~>"></noframes>',
  'xmp breaker': '<xmp><p title="</xmp><img src=x onerror=~>"></xmp>',
  'textarea breaker': '<textarea><p title="</textarea><img src=x onerror=~>"></textarea>',
  'title breaker': '<title><p title="</title><img src=x onerror=~>"></title>',
  'style breaker': '<style><p title="</style><img src=x onerror=~>"></style>',
  'iframe text breaker': '<iframe><p title="</iframe><img src=x onerror=~>"></iframe>',
  'plaintext breaker': '<p>x</p><plaintext><img src=x onerror="~"></plaintext>',
  'template content': '<template><img src=x onerror="~"><script>~</script></template>',
  'template shadow': '<div><template shadowrootmode=open><img src=x onerror="~"></template></div>',
  'selected content':
    '<select><button><selectedcontent></selectedcontent></button><option><img src=x onerror="~"></option></select>',
  'select breaker':
    '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=~>">',
  'option breaker': '<select><option><style></option></select><img src=x onerror=~></style>',
  'comment breaker': '<p title="--><img src=x onerror=~>"><!-- <img title="--><img src=x onerror=~>"> -->',
  'escaped once': '&lt;img src=x onerror="~"&gt;',
  'escaped twice': '&amp;lt;img src=x onerror="~"&amp;gt;',
  'escaped in an attribute':
    '<p title="&lt;/p&gt;&lt;img src=x onerror=~&gt;" lang="&quot;&gt;&lt;img src=x onerror=~&gt;">x</p>',
  'link text after a quote': '<a href="https://example.com/&quot; onclick=&quot;~">x</a>',
  'table foster parenting': '<table><img src=x onerror="~"><tr><script>~</script></table>',
  'nested links': '<a href="https://example.com/"><table><a href="javascript:~">x</a></table></a>',
  'pre line ends': '<pre>\n\n<textarea>\n</textarea><img src=x onerror="~"></pre>',
  'byte order marks': '\ufeff<\ufeffscript>~</script><img\ufeff src=x onerror=~>',
  'UTF-7': '+ADw-script+AD4-~+ADw-/script+AD4-',
  // Names that a page's own code might trip over.
  'clobbered document': '<form name=getElementById><input name=attributes></form><img name=cookie>',
  'clobbered by id': '<a id=config href="javascript:~"></a><a id=config name=url href="javascript:~">x</a>',
  'clobbered form': '<form><input name=parentNode><input name=nodeName onfocus="~" autofocus></form>',
  'named frame': '<iframe name=alert src="javascript:~"></iframe><object name=self></object>',
  'custom element': '<link-preview is="x" slot="y" onslotchange="~">x</link-preview>',
  'prototype names': '<p __proto__="x" constructor="~" toString="~">x</p>',
};

/** Every case, with words around it that a clean article keeps. */
export const XSS_CASES: readonly XssCase[] = Object.entries(PAYLOADS).map(([name, payload]) => ({
  name,
  html: `<p>Before.</p>${payload.replaceAll('~', `window.__xss='${name.replaceAll(' ', '-')}'`)}<p>After.</p>`,
}));
