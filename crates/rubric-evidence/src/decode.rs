//! Bytes to text.

use rubric_base::{Code, Diagnostic, FileId, Place, Span, Text};

/// Positions are 32 bits wide; this also keeps a mistaken file from filling the memory.
const MOST_BYTES: usize = 512 * 1024 * 1024;
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of an evidence file: strict UTF-8, a byte-order mark dropped.
///
/// The place of a bad byte fits `String::from_utf8_lossy` of the bytes without the mark: everything before
/// it is the same there, and the bad byte is one replacement character.
///
/// # Errors
/// `E0001` for bytes that are not UTF-8, `E0012` for a file over 512 MiB.
pub fn decode(bytes: &[u8], file: FileId) -> Result<String, Diagnostic> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large(bytes.len(), file));
    }
    let body = bytes.strip_prefix(MARK).unwrap_or(bytes);
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(not_utf8(body, error.valid_up_to(), file)),
    }
}

fn too_large(bytes: usize, file: FileId) -> Diagnostic {
    // Upwards: "has 512, may have 512" would be no reason.
    let mebibytes = bytes.div_ceil(1024 * 1024);
    Diagnostic::new(
        Code::E0012,
        Place { file, span: Span::default() },
        Text::new(
            format!("证据文件有 {mebibytes} MiB，最多 512 MiB"),
            format!("the evidence file has {mebibytes} MiB; the most is 512 MiB"),
        ),
    )
    .help(Text::new(
        "请把各单位分到几个文件中，一并列出",
        "share the units out among several files and name them all",
    ))
}

fn not_utf8(body: &[u8], at: usize, file: FileId) -> Diagnostic {
    let line = body.iter().take(at).filter(|b| **b == b'\n').count() + 1;
    let byte = body.get(at).copied().unwrap_or_default();
    let place = Place { file, span: Span::new(at, at + '\u{FFFD}'.len_utf8()) };
    // Spreadsheets and other office files are packed; the text of one begins so.
    if body.starts_with(b"PK\x03\x04") {
        let message = Text::new(
            "这是 Excel 之类的办公软件文件，证据要写成 JSON",
            "this is a file of a spreadsheet or the like, but evidence is written as JSON",
        );
        return Diagnostic::new(Code::E0001, place, message).help(Text::new(
            "把表格导出为 JSON：一行一个单位，写法是 {\"subjects\": [{\"id\": \"…\", …}]}",
            "export the table as JSON, each row a unit: {\"subjects\": [{\"id\": \"…\", …}]}",
        ));
    }
    let message = Text::new(
        format!("文件不是 UTF-8 编码：第 {line} 行的字节 {byte:#04X} 读不出来"),
        format!("the file is not UTF-8: byte {byte:#04X} in line {line} cannot be read"),
    );
    // UTF-16 is told by its mark; other encodings cannot be told apart for certain.
    let help = if body.starts_with(&[0xFF, 0xFE]) || body.starts_with(&[0xFE, 0xFF]) {
        Text::new("文件是 UTF-16 编码，请另存为 UTF-8", "the file is UTF-16; save it as UTF-8")
    } else {
        Text::new(
            "文件可能是 GBK 等编码，请另存为 UTF-8",
            "the file may be GBK or another encoding; save it as UTF-8",
        )
    };
    Diagnostic::new(Code::E0001, place, message).help(help)
}
