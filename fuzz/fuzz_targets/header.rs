//! Any text through the stages `header`, `citations` and `times`: no panic, no error, and the text stays as it is.
#![no_main]

use std::sync::LazyLock;

use docmill_citations::CitationsSettings;
use docmill_core::{BuildContext, Document, Stage, StageConfig, testing};
use docmill_header::HeaderSettings;
use docmill_times::TimesSettings;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

static STAGES: LazyLock<[Arc<dyn Stage>; 3]> = LazyLock::new(|| {
    let built = |config: &dyn StageConfig| {
        testing::build_shared(config, &BuildContext::default()).expect("settings that hold")
    };
    [
        built(&HeaderSettings::default()),
        built(&CitationsSettings::default()),
        built(&TimesSettings::default()),
    ]
});

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut document = Document::from_text("a", &text);
    testing::plain_layers(&mut document);
    for stage in &*STAGES {
        stage.annotate(&mut document).expect("a text of any kind");
    }
    assert_eq!(document.text(), text);
});
