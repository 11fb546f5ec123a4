//! A browser: chromedriver, spoken to by the W3C’s `WebDriver` protocol over a local socket. Ten calls are not worth a crate.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use tempfile::TempDir;

/// Runs before each page: counts dialogs, violations of the page's policy, and errors.
const WATCH: &str = "
    window.watched = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => watched.push(name);
    document.addEventListener('securitypolicyviolation', (e) => watched.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI));
    addEventListener('error', (e) => watched.push('error: ' + e.message));
    addEventListener('unhandledrejection', (e) => watched.push('rejected: ' + e.reason));
";

/// A headless Chromium of its own, with a fresh profile.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: TempDir,
}

impl Browser {
    pub fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver (on Debian: apt-get install chromium chromium-driver)");
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("successfully on port ")?;
            rest.trim_end_matches('.').parse().ok()
        });
        // What the driver says from now on goes nowhere, but its pipe must not fill.
        std::thread::spawn(move || lines.for_each(drop));
        let mut browser = Self { driver, port: port.unwrap(), session: String::new(), profile };
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1440,900",
            &format!("--user-data-dir={}", browser.profile.path().display()),
        ];
        let session = browser.call(
            "POST",
            "/session",
            &json!({"capabilities": {"alwaysMatch": {
                "goog:chromeOptions": {"args": arguments},
                "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
                "unhandledPromptBehavior": "ignore",
            }}}),
        );
        session["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", &json!({"source": WATCH}));
        browser
    }

    /// Opens a page from the disk.
    pub fn open(&self, page: &Path) {
        self.command("POST", "/url", &json!({"url": format!("file://{}", page.display())}));
    }

    /// Runs JavaScript in the page: what `script` returns.
    pub fn run(&self, script: &str) -> Json {
        self.command("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// [`Browser::run`] for a text.
    pub fn text(&self, script: &str) -> String {
        let answer = self.run(script);
        answer.as_str().unwrap_or_else(|| panic!("{script} gives {answer}")).to_owned()
    }

    /// Waits until `script` returns `true`.
    #[track_caller]
    pub fn wait(&self, script: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        while self.run(script) != json!(true) {
            assert!(Instant::now() < end, "in vain: {script}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Clicks as a person does: at the middle of the element, which must be on top there.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let element = self.command("POST", "/element", &json!({"using": "css selector", "value": selector}));
        let id = element.as_object().and_then(|e| e.values().next()?.as_str());
        let id = id.unwrap_or_else(|| panic!("{selector}: {element}"));
        let answer = self.command("POST", &format!("/element/{id}/click"), &json!({}));
        assert!(answer.is_null(), "click on {selector}: {answer}");
    }

    /// Types keys, one after another, wherever the focus is.
    pub fn keys(&self, keys: &[&str]) {
        let press =
            |key: &&str| [json!({"type": "keyDown", "value": key}), json!({"type": "keyUp", "value": key})];
        let actions: Vec<Json> = keys.iter().flat_map(press).collect();
        self.command(
            "POST",
            "/actions",
            &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}),
        );
    }

    /// Light or dark.
    pub fn colour_scheme(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.cdp("Emulation.setEmulatedMedia", &json!({"features": features}));
    }

    /// The visible part of the page as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        let png = self.command("GET", "/screenshot", &Json::Null);
        STANDARD.decode(png.as_str().unwrap()).unwrap()
    }

    /// Addresses that were asked for since the last call, besides `page` itself.
    pub fn requests(&self, page: &Path) -> Vec<String> {
        let log = self.command("POST", "/se/log", &json!({"type": "performance"}));
        let messages = log.as_array().unwrap().iter();
        let messages = messages
            .map(|entry| -> Json { serde_json::from_str(entry["message"].as_str().unwrap()).unwrap() });
        let sent = messages.filter(|m| m["message"]["method"] == "Network.requestWillBeSent");
        let sent = sent.map(|m| m["message"]["params"].clone());
        // The browser's own first tab asks for its own parts.
        let ours =
            sent.filter(|p| !p["documentURL"].as_str().is_some_and(|url| url.starts_with("chrome://")));
        let urls = ours.map(|p| p["request"]["url"].as_str().unwrap().to_owned());
        let page = format!("file://{}", page.display());
        urls.filter(|url| *url != page).collect()
    }

    /// Dialogs, policy violations and errors of the page so far.
    pub fn watched(&self) -> Json {
        self.run("return watched")
    }

    /// A window of a phone, or the usual one again.
    pub fn phone(&self, on: bool) {
        if on {
            let size = json!({"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true});
            self.cdp("Emulation.setDeviceMetricsOverride", &size);
        } else {
            self.cdp("Emulation.clearDeviceMetricsOverride", &json!({}));
        }
    }

    fn cdp(&self, command: &str, parameters: &Json) {
        self.command("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": parameters}));
    }

    fn command(&self, method: &str, path: &str, body: &Json) -> Json {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    #[track_caller]
    fn call(&self, method: &str, path: &str, body: &Json) -> Json {
        let mut answer = self.request(method, path, body).unwrap();
        let value = answer["value"].take();
        let error = value.get("error").filter(|_| value.get("stacktrace").is_some());
        assert!(error.is_none(), "{method} {path}: {error:?}: {}", value["message"]);
        value
    }

    fn request(&self, method: &str, path: &str, body: &Json) -> io::Result<Json> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            match line.split_once(':') {
                Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                    length = value.trim().parse().map_err(io::Error::other)?;
                }
                None if line.trim().is_empty() => break,
                _ => {}
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        serde_json::from_slice(&answer).map_err(io::Error::other)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser; the driver killed first would leave it behind. A failure is of no use to anybody here.
        let _ = self.request("DELETE", &format!("/session/{}", self.session), &Json::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
