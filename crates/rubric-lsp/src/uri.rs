//! Addresses of documents. Editors encode them differently, some in lower-case hexadecimal, some not at all: a
//! document is known by its decoded path.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// What may stand in a path as it is.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b':');
/// What no address may hold: blanks, and signs that have to be encoded. `%` stays, for it encodes already.
const FOREIGN: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

/// Names a document: its path, or its decoded address where it is no file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(PathBuf);

impl Key {
    /// The key of a path.
    #[must_use]
    pub fn of_path(path: &Path) -> Self {
        Self(plain(path))
    }

    /// The key of an address.
    #[must_use]
    pub fn of_uri(uri: &str) -> Self {
        let decoded = percent_decode_str(uri).decode_utf8_lossy().into_owned();
        match decoded.strip_prefix("file://") {
            Some(rest) => {
                let path = rest.strip_prefix("localhost").unwrap_or(rest);
                // `/c:/…` of Windows.
                let drive = path.as_bytes().get(2) == Some(&b':') && path.starts_with('/');
                Self(plain(Path::new(if drive { path.get(1..).unwrap_or(path) } else { path })))
            }
            None => Self(PathBuf::from(decoded)),
        }
    }

    /// The path, where it is that of a file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Its address.
    #[must_use]
    pub fn uri(&self) -> Uri {
        let path = self.0.to_string_lossy();
        if self.0.is_absolute() {
            let slash = if path.starts_with('/') { "" } else { "/" };
            let path = path.replace('\\', "/");
            uri(&format!("file://{slash}{}", utf8_percent_encode(&path, PATH)))
        } else {
            uri(&path)
        }
    }

    /// The name of the file, to people.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
    }
}

/// Without `.` and `..`, which editors write but the file system does not.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Any text as an address; one that can be none becomes an empty one.
#[must_use]
pub fn uri(text: &str) -> Uri {
    Uri::from_str(&encoded(text)).or_else(|_| Uri::from_str("unknown:")).unwrap_or_else(|_| empty())
}

fn empty() -> Uri {
    serde_json::from_value(Value::String(String::new())).unwrap_or_else(|_| empty())
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, FOREIGN).to_string()
}

/// Encodes what is not in every address of a parameter, so that it can be read: the types refuse raw Chinese
/// and blanks, which some editors send.
pub fn encode_all(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(encode_all),
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    Value::String(text) if name == "uri" || name.ends_with("Uri") => *text = encoded(text),
                    _ => encode_all(inner),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_document_whatever_its_spelling() {
        let spellings = [
            "file:///tmp/%E8%AF%84%E5%88%86%20a/x.rubric",
            "file:///tmp/%e8%af%84%e5%88%86%20a/x.rubric",
            "file:///tmp/评分 a/x.rubric",
            "file:///tmp/b/../评分 a/./x.rubric",
        ];
        let keys: Vec<Key> = spellings.iter().map(|s| Key::of_uri(s)).collect();
        assert!(keys.iter().all(|k| *k == keys[0]));
        assert_eq!(keys[0].path(), Path::new("/tmp/评分 a/x.rubric"));
        assert_eq!(keys[0].uri().as_str(), spellings[0]);
        assert_eq!(Key::of_uri("untitled:无标题-1").uri().as_str(), "untitled:%E6%97%A0%E6%A0%87%E9%A2%98-1");
    }

    #[test]
    fn raw_addresses_are_encoded_wherever_they_stand() {
        let mut value = serde_json::json!({"textDocument": {"uri": "file:///评 分.rubric"}, "text": "评 分"});
        encode_all(&mut value);
        assert_eq!(value["textDocument"]["uri"], "file:///%E8%AF%84%20%E5%88%86.rubric");
        assert_eq!(value["text"], "评 分");
    }
}
