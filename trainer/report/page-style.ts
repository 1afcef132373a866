// How the page looks. Colours are the figures' own.

import { coloursFor, SANS } from './theme.ts';

export const PAGE_STYLE = `
${coloursFor(':root')}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 ${SANS}}
header,main{max-width:72rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,2.5rem)}
h1,h2,h3{line-height:1.2;margin:0 0 .5rem;text-wrap:balance}
h2{margin-top:.5rem}
h3{font-size:1.05rem}
p{margin:.25rem 0}
.soft{color:var(--ink-soft);font-weight:400}
a{color:var(--link);text-underline-offset:.2em}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.75rem}
figure,section>.wide,details,dl{margin:1rem 0;padding:1.25rem;background:var(--surface);border:1px solid var(--line);border-radius:.75rem}
.wide{overflow-x:auto}
figure svg{display:block;max-width:100%;height:auto}
figcaption{margin-top:.75rem;max-width:46rem;color:var(--ink-soft);font-size:.9rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:start;color:var(--ink-soft);font-size:.9rem;padding-bottom:.5rem}
th,td{padding:.3rem 1.5rem .3rem 0;text-align:start;border-top:1px solid var(--line);vertical-align:baseline}
th[scope=row]{font-weight:500}
td{white-space:nowrap}
summary{cursor:pointer;font-weight:600}
dl>div{display:grid;grid-template-columns:minmax(8rem,14rem) minmax(0,1fr);gap:.25rem 1rem;padding:.3rem 0;border-top:1px solid var(--line)}
dl>div:first-child{border-top:0}
dt{color:var(--ink-soft)}
dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){figure svg{max-width:none}dl>div{grid-template-columns:1fr}}
@media print{body{background:none}header,main{max-width:none;padding:0}nav{display:none}figure,section>.wide,dl{break-inside:avoid;border-color:#ccc}h2{break-after:avoid}}
`;
