//! Reading, finding and writing files.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// The bytes of a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|e| Failure::read(path, &e))
}

/// The files as named, and all `*.rubric` in the folders named; sorted, each once.
pub fn find_rubrics(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = BTreeSet::new();
    for path in paths {
        let about = fs::metadata(path).map_err(|e| Failure::read(path, &e))?;
        if about.is_dir() {
            let before = found.len();
            walk(path, &mut found)?;
            if found.len() == before && paths.len() == 1 {
                let name = path.display();
                return Err(Failure::usage(
                    format!("{name} 中没有 *.rubric 文件"),
                    format!("no *.rubric file in {name}"),
                ));
            }
        } else {
            found.insert(path.clone());
        }
    }
    Ok(found.into_iter().collect())
}

/// Links to folders are not followed, for they may lead in a circle; hidden folders are not searched.
fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    let fail = |e: io::Error| Failure::read(folder, &e);
    for entry in fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let path = entry.path();
        let kind = entry.file_type().map_err(fail)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && !hidden {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "rubric") && path.is_file() {
            found.insert(path);
        }
    }
    Ok(())
}

/// The folder a file is in.
fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Where a path leads, even if the file itself is not there yet.
fn real(path: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(path).ok();
    whole.or_else(|| Some(fs::canonicalize(folder(path)).ok()?.join(path.file_name()?)))
}

/// Whether two paths lead to one file.
pub fn same(a: &Path, b: &Path) -> bool {
    real(a).is_some_and(|a| real(b) == Some(a))
}

/// Writes a file so that readers see either the old or the new text, never a part. A link stays a link.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let target = real(path).unwrap_or_else(|| path.to_owned());
    replace(&target, text).map_err(|e| Failure::write(path, &e))
}

fn replace(target: &Path, text: &str) -> io::Result<()> {
    if target.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut file = beside(target)?;
    file.write_all(text.as_bytes())?;
    if let Ok(about) = fs::metadata(target) {
        if about.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        file.as_file().set_permissions(about.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(target).map_err(|e| e.error)?;
    Ok(())
}

/// Writes a file that must not be there yet.
pub fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let make = || -> io::Result<()> {
        let mut file = beside(path)?;
        file.write_all(text.as_bytes())?;
        file.persist_noclobber(path).map_err(|e| e.error)?;
        Ok(())
    };
    make().map_err(|e| Failure::write(path, &e))
}

/// A file in the same folder, so that it can be moved into place in one step; with the permissions a new file
/// has.
fn beside(target: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rubricc-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder(target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_finds_and_recognises() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("甲.rubric");
        create(&path, "一").unwrap();
        assert!(create(&path, "二").is_err());
        write(&path, "三").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "三");
        assert!(same(&path, &dir.path().join("./甲.rubric")));
        assert!(!same(&path, &dir.path().join("乙.rubric")));
        assert_eq!(find_rubrics(&[dir.path().to_owned()]).unwrap(), [path]);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
