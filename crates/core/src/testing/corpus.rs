//! Texts that break careless stages.

use crate::Document;

/// Documents that every stage must survive: empty, one long line, no Latin letter, control characters, combining
/// marks, line ends of all kinds, and ordinary news.
///
/// ```
/// use docmill_core::testing::corpus;
///
/// // Texts that break naive stages: empty ones, and ones that are not ASCII, among others.
/// assert!(corpus().iter().any(|doc| doc.text().is_empty()));
/// assert!(corpus().iter().any(|doc| !doc.text().is_ascii()));
/// ```
pub fn corpus() -> Vec<Document> {
    let long = "Dushanbe signed the protocol with Beijing on September 13. ".repeat(3000);
    let unbroken = "ж".repeat(100_000);
    let texts: [(&str, &str); 16] = [
        ("empty", ""),
        ("blank", " \n\t \u{a0}\u{3000}\n\n"),
        (
            "news",
            "Gen. Cao Gangchuan of the U.S. desk met Sherali Khayrulloyev in Dushanbe (Interfax, September 15).",
        ),
        (
            "quotes",
            "“We are close neighbors,” he said. \"It is 'good' and 5.3 percent up,\" the ministry added…",
        ),
        ("emoji", "👩‍👩‍👧 🛰️🚀 🇹🇯🇨🇳"),
        ("emoji-in-text", "The 🛰️ launch in Naryn 🇰🇬 was delayed. Bishkek 🚀 denied it."),
        ("combining", "E\u{301}mile Zola\u{308} met Ngu\u{302}\u{303}n in A\u{30a}land."),
        ("cyrillic", "Душанбе и Пекин подписали соглашение. МИД сообщил об этом 13 сентября."),
        ("chinese", "中国国防部长曹刚川访问杜尚别。双方签署了文件。"),
        ("arabic", "وقع وزير الدفاع الاتفاق في دوشنبه."),
        ("crlf", "First line.\r\nSecond line of Tajikistan.\r\n\r\nNew paragraph\rold Mac"),
        ("control", "\u{0}Moscow\u{1}\u{2} said\u{7f}\u{85} no\u{feff}\u{200b}\u{202e}\u{fffd}."),
        ("line-separators", "One\u{2028}two\u{2029}three\u{b}four\u{c}five"),
        ("punctuation", "…!!! ??? --- \"\"\" ''' ((((( ))))) .. . . ... .5 5. U.S.A.."),
        ("long", &long),
        ("unbroken", &unbroken),
    ];
    texts.iter().map(|(id, text)| Document::from_text(id, text)).collect()
}
