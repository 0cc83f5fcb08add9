import LabCharts

/// The style sheet of a report: one measure, a sober palette that passes WCAG AA in light and dark, and a print form.
enum ReportStyle {
    static let sheet: Markup = .style(
        Markup.StaticText(
            """

            :root{--lab-ink:#1b1f24;--lab-muted:#5b6570;--lab-grid:#e3e6ea;--lab-paper:#fff;--lab-row:#f4f6f8;\
            --lab-page:#fff;--lab-accent:#0b5fa5;--lab-1:#0b5fa5;--lab-2:#b8480a;--lab-3:#007a5a;--lab-4:#87408c;\
            --lab-5:#7d5f00;--lab-6:#525a63;--good:#006b4f;--good-bg:#e6f4ef;--bad:#a3231f;--bad-bg:#fbeceb;\
            --caution:#7a5200;--caution-bg:#fdf3dc;--neutral:#48515b;--neutral-bg:#eef1f4}
            @media(prefers-color-scheme:dark){:root{--lab-ink:#e8eaed;--lab-muted:#a3adb8;--lab-grid:#333a43;\
            --lab-paper:#15181c;--lab-row:#1d2127;--lab-page:#15181c;--lab-accent:#7dbdf5;--lab-1:#6db6f2;\
            --lab-2:#ff9a5c;--lab-3:#4fd1a5;--lab-4:#d79be0;--lab-5:#e3c04d;--lab-6:#bcc4cd;--good:#6fdcb4;\
            --good-bg:#12291f;--bad:#ff9c95;--bad-bg:#331a19;--caution:#f2c865;--caution-bg:#2d2410;\
            --neutral:#bcc4cd;--neutral-bg:#22272e}}
            *{box-sizing:border-box}
            html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
            body{margin:0;background:var(--lab-page);color:var(--lab-ink);font:16px/1.6 system-ui,-apple-system,\
            "Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif;overflow-wrap:break-word}
            header,.page,footer{max-width:72rem;margin:0 auto;padding:0 1.5rem}
            header{padding-top:3rem;padding-bottom:.5rem}
            h1{font-size:2.1rem;line-height:1.2;letter-spacing:-.015em;margin:0 0 .4rem;text-wrap:balance}
            .lead{font-size:1.1rem;color:var(--lab-muted);margin:0;max-width:46rem}
            h2{font-size:1.4rem;line-height:1.25;letter-spacing:-.01em;margin:3.2rem 0 .8rem;padding-top:1.1rem;\
            border-top:1px solid var(--lab-grid)}
            section:first-child h2{margin-top:1.2rem}
            h3{font-size:1.08rem;margin:2rem 0 .5rem}
            p,ul{max-width:44rem}p{margin:.7rem 0}ul{padding-left:1.25rem;margin:.7rem 0}li{margin:.25rem 0}
            a{color:var(--lab-accent)}a:focus-visible,.scroll:focus-visible,summary:focus-visible\
            {outline:2px solid var(--lab-accent);outline-offset:2px}
            code{font:.88em ui-monospace,"SFMono-Regular",Menlo,Consolas,"DejaVu Sans Mono",monospace;\
            background:var(--lab-row);padding:.08em .3em;border-radius:3px;overflow-wrap:anywhere}
            nav ol{list-style:none;margin:1rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;font-size:.9rem}
            nav li{margin:0}nav a{text-decoration:none}nav a:hover{text-decoration:underline}
            @media(min-width:68rem){.page{display:grid;grid-template-columns:12rem minmax(0,1fr);gap:0 3rem}\
            nav{position:sticky;top:1.5rem;align-self:start;padding-top:1.2rem}nav ol{display:block;\
            border-left:1px solid var(--lab-grid);padding-left:1rem}nav li{margin:.45rem 0;line-height:1.35}}
            .verdict{border:1px solid;border-left-width:6px;border-radius:8px;padding:1.1rem 1.4rem;margin:1.2rem 0}
            .verdict .question{margin:0;color:var(--lab-ink);font-size:.95rem}
            .verdict .answer{margin:.1rem 0 .5rem;font-size:1.5rem;line-height:1.3;font-weight:650;\
            letter-spacing:-.01em;text-wrap:balance}
            .verdict ul{margin:.4rem 0 0;color:var(--lab-ink)}.sign{margin-right:.5rem}
            .good{color:var(--good);background:var(--good-bg)}.bad{color:var(--bad);background:var(--bad-bg)}
            .caution{color:var(--caution);background:var(--caution-bg)}
            .neutral{color:var(--neutral);background:var(--neutral-bg)}
            .mark{display:inline-block;font-size:.85em;font-weight:600;padding:.05em .55em;border-radius:999px;\
            white-space:nowrap}
            .note{border-left:3px solid var(--lab-grid);padding-left:1rem;color:var(--lab-muted);font-size:.95rem}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:.8rem;margin:1.4rem 0}
            .figures>div{border:1px solid var(--lab-grid);border-radius:8px;padding:.85rem 1rem}
            .figures dt{font-size:.85rem;color:var(--lab-muted);line-height:1.35}.figures dd{margin:0}
            .figures .value{font-size:1.65rem;font-weight:650;letter-spacing:-.02em;line-height:1.3;\
            font-variant-numeric:tabular-nums}
            .figures .remark{font-size:.85rem;color:var(--lab-muted);margin-top:.3rem;line-height:1.4}
            .interval{color:var(--lab-muted);font-size:.88em;white-space:nowrap;font-variant-numeric:tabular-nums}
            .scroll{overflow-x:auto;margin:1.3rem 0}
            table{border-collapse:collapse;font-size:.9rem;line-height:1.45;min-width:min(100%,30rem)}
            caption{text-align:left;font-weight:600;padding:0 0 .5rem;caption-side:top}
            th,td{padding:.42rem .9rem .42rem 0;text-align:left;vertical-align:baseline;\
            border-bottom:1px solid var(--lab-grid)}
            thead th{font-weight:600;color:var(--lab-muted);font-size:.85rem;vertical-align:bottom;\
            border-bottom:1.5px solid var(--lab-muted)}
            tbody th{font-weight:500}td code,th code{white-space:nowrap}.n{text-align:right;font-variant-numeric:tabular-nums}
            tr.chosen>*{background:var(--good-bg);font-weight:600}tr.chosen>:first-child{padding-left:.5rem}
            figure{margin:1.6rem 0}.panels{display:flex;flex-wrap:wrap;gap:1rem 2rem}.panel{min-width:0;max-width:100%}
            .figure-title{font-weight:600;margin:0 0 .4rem;font-size:.95rem}
            figcaption{font-size:.9rem;color:var(--lab-muted);max-width:44rem;margin-top:.5rem}
            details{margin:1.2rem 0;border:1px solid var(--lab-grid);border-radius:8px;padding:.6rem 1rem}
            summary{cursor:pointer;font-weight:600}
            footer{margin-top:3rem;padding-top:1rem;padding-bottom:3rem;color:var(--lab-muted);font-size:.85rem;\
            border-top:1px solid var(--lab-grid)}
            @media print{:root{--lab-page:#fff;--lab-paper:#fff}body{font-size:10pt}nav{display:none}\
            .page{display:block}figure,.verdict,.figures>div,tr{break-inside:avoid}h2,h3{break-after:avoid}\
            .scroll{overflow:visible}details::details-content{content-visibility:visible;display:block}\
            header,.page,footer{max-width:none;padding-left:0;padding-right:0}}

            """))
}
