//! Web pages: what of them is the article, and what they say of it.
#![expect(clippy::unwrap_used, reason = "test helpers")]

use docmill_core::Document;
use docmill_input::{Archive, InputSettings};

const LONG: &str = "The envoy of Norland left the hall at noon without a word to the many reporters who had been \
                    waiting for her there since dawn.";

fn page(bytes: &[u8]) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    std::fs::write(&path, bytes).unwrap();
    let archive = Archive::new(InputSettings::default()).unwrap();
    let item = archive.open(&[path]).unwrap().next().unwrap();
    archive.load(item).unwrap()
}

fn text(page_of: &str) -> String {
    page(page_of.as_bytes()).text().to_owned()
}

/// Each of the words is in the text, or none.
fn check(html: &str, wanted: &[&str], unwanted: &[&str]) {
    let text = text(html);
    for word in wanted {
        assert!(text.contains(word), "{word} is missing in: {text}");
    }
    for word in unwanted {
        assert!(!text.contains(word), "{word} is too much in: {text}");
    }
}

#[test]
fn an_article_in_parts_is_whole() {
    let parts = format!(
        "<article><section><div class='entry-content'><p>First part. {LONG}</p></div></section><div class='ad'>\
         <p>Advertisement for boots. {LONG}</p></div><section><div class='entry-content'><p>Second part. {LONG}</p>\
         <p>Third. {LONG} {LONG}</p></div></section></article>"
    );
    check(&parts, &["First part.", "Second part.", "Third."], &["boots"]);
    let columns = format!(
        "<div class=col><p>One. {LONG}</p><p>Two.</p></div><aside class=ad><p>Advertisement</p></aside>\
         <div class=col><p>Three. {LONG}</p><p>Four came in May.</p></div>"
    );
    check(&columns, &["One.", "Two.", "Three.", "Four came"], &["Advertisement"]);
    let lead =
        format!("<div class=first><p>TARIN - Talks failed.</p></div><div class=rest><p>{LONG}</p></div>");
    check(&lead, &["Talks failed.", "The envoy"], &[]);
}

#[test]
fn quotations_lists_and_answers_stay_in_place() {
    let short = "<article><h1>Founders</h1><p>The report says this:</p><blockquote>Eighty percent succeed.<br><br>\
                 The manager helps.</blockquote><p>That is the point.</p><ul><li>First, the army.</li>\
                 <li>Second, the navy</li></ul></article>";
    assert_eq!(
        text(short),
        "The report says this:\n\nEighty percent succeed.\n\nThe manager helps.\n\nThat is the point.\n\n\
         First, the army.\nSecond, the navy"
    );
    check(
        "<dl><dt>Q:</dt><dd>How many ships?</dd><dt>A:</dt><dd>Forty ships.</dd></dl>",
        &["How many", "Forty"],
        &[],
    );
    let linked = format!(
        "<article><p>{LONG}</p><p><a href=1>The first report of the raid</a></p><p>{LONG} Again.</p></article>"
    );
    check(&linked, &["first report of the raid"], &[]);
}

#[test]
fn a_short_article_is_not_lost_beside_a_banner() {
    let page = format!(
        "<div id=cookie-banner class=cookie-consent><p>We use cookies. {LONG} {LONG}</p></div><main><h1>Bank</h1>\
         <p>The central bank took over Halden Bank.</p></main><div class=footer>Copyright. {LONG}</div>"
    );
    check(&page, &["Halden Bank"], &["cookies", "Copyright"]);
}

#[test]
fn what_stands_above_and_in_the_text_is_kept_in_the_text() {
    let page = format!(
        "<div class=highlights><div>The army left Tarin at dawn, and the town is quiet.</div></div>\
         <div class=entry-content><p>{LONG}</p><p>The army left Tarin at dawn, and the town is quiet.</p>\
         <p>{LONG} Again.</p><p>{LONG} And again.</p></div>"
    );
    check(&page, &["dawn.\n\nThe army left"], &[]);
    assert!(text(&page).starts_with("The envoy"), "{}", text(&page));
}

#[test]
fn parts_have_one_class_in_common() {
    let page = format!(
        "<div><div class='post__content wide'><p>First part. {LONG}</p></div></div><div><h2>Radar</h2>\
         <div class='post__content narrow'><p>Second part. {LONG} {LONG} {LONG}</p></div></div>"
    );
    check(&page, &["First part.", "Second part."], &[]);
}

#[test]
fn posts_that_the_article_shows_are_its_text() {
    let page = format!(
        "<article><p>{LONG}</p><div class=social-media-embed><div class=widget><blockquote class=twitter-tweet>\
         <p>We sail at noon.</p></blockquote></div></div><p>{LONG} Again.</p></article>\
         <div class=social><p>Talk to us.</p></div>"
    );
    check(&page, &["We sail at noon."], &["Talk to us"]);
}

#[test]
fn sentences_that_are_mostly_a_link_are_text_beside_text() {
    let page = format!(
        "<ol><li><a>The chief of Norvex can still name directors, though he left the firm.</a> Adam Lund may do so \
         until May.</li><li>{LONG}</li><li><a>Children love radios, and put them on their lists.</a> So they \
         say.</li></ol><p><a>Radar sold to Kyran</a></p>"
    );
    check(&page, &["Adam Lund may", "So they say."], &["Radar sold"]);
    let first =
        format!("<p><a>Ana Ruiz left “Dancing with the Captains</a>.”</p><p>{LONG}</p><p>{LONG} Again.</p>");
    check(&first, &["Ana Ruiz left"], &[]);
}

#[test]
fn pointers_stamps_and_addresses_are_no_text() {
    let page = format!(
        "<article><div>https://desk.example/news/article/Cat-found-in-Tarin-after-going-missing-in-May-14848175.php\
         </div><div>Updated 11:21 pm CST, Tuesday, November 19, 2019</div><p>{LONG}</p><p>RELATED: <a>Radar sold to the \
         army of Kyran, says the ministry.</a></p><p>{LONG} Again.</p><p>Please enable JavaScript to view this.</p>\
         <p>Sign up for <a>our letter</a>.</p></article>"
    );
    let text = text(&page);
    assert!(text.starts_with("The envoy") && text.ends_with("Again."), "{text}");
    assert!(!text.contains("Radar"), "{text}");
    let page =
        format!("<p>{LONG}</p><p>Related to the raid is the strike, says Lund.</p><p>{LONG} Again.</p>");
    check(&page, &["Related to the raid"], &[]);
}

#[test]
fn what_shows_under_the_pointer_is_left_out() {
    let page = format!(
        "<p>The senator <span class=rollover><a>Ana Ruiz</a><span class=rollover-block><span>Ruiz doubles down</span>\
         <a>MORE</a></span></span> left. <span class=tooltip>Norvex</span> stays. {LONG}</p>"
    );
    check(&page, &["Ana Ruiz left.", "Norvex stays."], &["doubles down"]);
}

#[test]
fn captions_boxes_and_comments_are_left_out() {
    let page = format!(
        "<article><header><h1>Head</h1></header><figure><img><figcaption>A drone. Photograph: J. Lund.</figcaption>\
         </figure><p>{LONG} <span class=caption>Shown in May.</span></p><div class=related-posts><p>Radar sold, said \
         the ministry.</p></div><aside><p>Read more of it here.</p></aside><p>They cost 4 million.</p>\
         <div id=comments><div class=comment><p>Nonsense, says a reader. {LONG} {LONG}</p></div></div></article>\
         <div class='newsletter'><p>Get our letter every day.</p></div>"
    );
    check(
        &page,
        &["The envoy", "They cost"],
        &["drone", "Shown", "Radar", "Read more", "Nonsense", "our letter"],
    );
}

#[test]
fn a_mark_on_all_of_the_text_says_nothing() {
    for class in
        ["article-with-sidebar", "share-article-body", "commentary", "comment-piece", "sponsored hidden-xs"]
    {
        check(
            &format!("<div class='{class}'><p>{LONG}</p><p>Again. {LONG}</p></div>"),
            &["The envoy", "Again."],
            &[],
        );
    }
}

#[test]
fn words_side_by_side_stay_apart() {
    let glued = "<article><p>Talks failed.</p><p><span>By Ana Ruiz</span><span>4 May 2014</span></p><p>One<br>Two. The <b>De</b>fense \
                 min<i>istry</i> said so. <span class=cap>T</span><span>he end.</span></p></article>";
    assert_eq!(
        text(glued),
        "Talks failed.\n\nBy Ana Ruiz 4 May 2014\n\nOne\nTwo. The Defense ministry said so. The end."
    );
    assert_eq!(
        text("<p>Shut on<time>4 May</time>at noon, they said.</p>"),
        "Shut on 4 May at noon, they said."
    );
    assert_eq!(
        text("<pre>WIRE 1\nTARIN, May 4 -  The army\nleft.\n</pre>"),
        "WIRE 1\nTARIN, May 4 -  The army\nleft."
    );
}

#[test]
fn dates_and_authors_are_found_wherever_they_stand() {
    let body = format!("<article><p>{LONG} The article was accepted on 16 December 2022.</p></article>");
    for head in [
        "<meta name='dc.date' content='2023-01-02'>",
        "<meta name='DC.date.issued' content='2023-01-02'>",
        "<meta name=pubdate content='January 2, 2023'>",
        "<meta name=sailthru.date content='2023-01-02 08:00'>",
        "<meta itemprop=datePublished content=2023-01-02>",
        "<meta property='og:published_time' content='2023-01-02T08:00:00Z'>",
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2023-01-02T08:00:00Z\"}</script>",
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":[\"Article\"],\n\
         \"datePublished\":\"2023-01-02\"}]}</script>",
        "<time datetime='2023-01-02' pubdate>2 January</time>",
        "<meta name=desk-post-date content='2023/01/02'>",
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":\"01:38 PM IST Jan 2, 2023\"}</script>",
        "</head><body><h1>Radar</h1><div class=info><script>2 May 2022</script>2 comments</div><i>January 2, 2023</i>",
        "<link rel=canonical href='https://desk.example/2023/01/02/radar.html'>",
    ] {
        let page = page(format!("<html><head>{head}</head><body>{body}</body></html>").as_bytes());
        assert_eq!(page.meta.date.as_deref(), Some("2023-01-02"), "{head}");
    }
    let none = page(format!("<h1>Radar</h1><p>Osh, January 2, 2023</p><i>January 2</i>{body}").as_bytes());
    assert_eq!(none.meta.date, None);
    let byl = page(format!("<meta name=byl content='By Manuel Costa and Ilana Petri'>{body}").as_bytes());
    assert_eq!(byl.meta.author.as_deref(), Some("Manuel Costa and Ilana Petri"));
    let two = "<script type='application/ld+json'>[{\"@type\":\"Article\",\"author\":[{\"name\":\"Ana Ruiz\"},\
               {\"name\":\"Bo Lind\"}]}]</script>";
    assert_eq!(page(format!("{two}{body}").as_bytes()).meta.author.as_deref(), Some("Ana Ruiz, Bo Lind"));
    assert_eq!(page(body.as_bytes()).meta.date, None);
}

#[test]
fn a_page_that_lies_about_utf8_is_read_by_its_bytes() {
    let html = b"<html><head><meta charset=utf-8></head><body><p>The caf\xe9 in Orl\xe9ans was shut. Se\xf1or Mu\xf1oz \
                 said \x93no\x94 \x96 twice.</p></body></html>";
    let page = page(html);
    assert_eq!(page.text(), "The café in Orléans was shut. Señor Muñoz said “no” – twice.");
    assert_eq!((page.source().encoding.as_deref(), page.source().replaced), (Some("windows-1252"), 0));
}
