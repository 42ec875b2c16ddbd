import type { Browser } from 'playwright-core';

const SENTENCES = [
  'The harbour bridge was closed on a Tuesday, which nobody in the city had expected of the office in charge.',
  'Engineers had found cracks in two of its nine piers, and their report was kept from the council for a month.',
  'Ferries ran every ten minutes at first; fishermen said that the timetable left them no room to land.',
];

/** A report of two pages in two columns with head and foot, printed by the browser as people print pages. */
export async function reportPdf(browser: Browser): Promise<Buffer> {
  const page = await browser.newPage();
  const paragraphs = Array.from({ length: 18 }, (_, nth) => {
    const said = [...SENTENCES.slice(nth % 3), ...SENTENCES.slice(0, nth % 3)].join(' ');
    return `<p>Section ${nth + 1} of it. ${said}</p>`;
  });
  await page.setContent(`<html lang="en"><title>What the harbour costs</title><style>
    body { font: 10pt/1.35 'DejaVu Serif', serif; } h1 { font-size: 20pt; } p { margin: 0 0 6pt; text-align: justify; }
    main { columns: 2; column-gap: 18pt; }
  </style><h1>What the harbour costs</h1><main>${paragraphs.join('')}</main>`);
  const edge = (words: string) => `<div style="font-size:8px;width:100%;text-align:center">${words}</div>`;
  const pdf = await page.pdf({
    format: 'A4',
    margin: { top: '25mm', bottom: '25mm', left: '20mm', right: '20mm' },
    displayHeaderFooter: true,
    headerTemplate: edge('Report of the harbour office'),
    footerTemplate: edge('<span class="pageNumber"></span>'),
  });
  await page.close();
  return pdf;
}
