//! A disk or a network share that no longer answers: pulled out, switched off, out of reach. What it said before is not
//! to be taken for what is there: a file that cannot be asked after is not one that is gone.

use std::fmt::Display;
use std::io::{Error, ErrorKind};

use super::problem::Problem;
use super::text::Text;
use crate::text;

/// What a system answers about a file it cannot get at, where the library has no kind for it: an input or output error,
/// no such device, and those of network shares (the computer is down, the link was cut).
#[cfg(any(target_os = "linux", target_os = "android"))]
const CODES: &[i32] = &[5, 6, 19, 67, 108, 112, 121, 123];
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const CODES: &[i32] = &[5, 6, 19, 58, 64];
/// The device is not ready, not there or does not work; the share, its computer or the network is not there.
#[cfg(windows)]
const CODES: &[i32] = &[21, 53, 55, 59, 64, 1117, 1167, 1231];

/// Whether an error says that what a file lies on no longer answers, rather than anything about the file.
pub fn is_gone(err: &Error) -> bool {
    let kind = matches!(
        err.kind(),
        ErrorKind::StaleNetworkFileHandle
            | ErrorKind::NotConnected
            | ErrorKind::TimedOut
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionReset
    );
    kind || err.raw_os_error().is_some_and(|code| CODES.contains(&code))
}

/// Why a file cannot be read or written then.
pub fn why() -> Text {
    text!("the disk or network share it lies on no longer answers", "de schijf of netwerkmap waar dit op staat antwoordt niet meer")
}

/// What to do about it, where nothing can have changed.
pub fn todo() -> Text {
    text!("connect it again, and run the command again", "verbind die weer, en geef het commando opnieuw")
}

/// A file or folder that cannot be reached.
pub fn gone(path: impl Display) -> Problem {
    Problem::failure(text!("{path} cannot be read or written", "{path} kan niet worden gelezen of geschreven")).why(why()).todo(todo())
}

/// A question about a file, such as whether it is there: no when the system says so, and when it cannot say so for another
/// reason than that nothing answers.
///
/// # Errors
/// When what it lies on no longer answers.
pub fn asked<T>(path: impl Display, answer: Result<T, Error>) -> Result<Option<T>, Problem> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(err) if is_gone(&err) => Err(gone(path)),
        Err(_) => Ok(None),
    }
}

impl Problem {
    /// Whether it says that a disk or a network share no longer answers.
    pub fn is_of_lost_disk(&self) -> bool {
        self.why == why()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_told_from_one_nobody_can_ask_after() {
        for (kind, gone) in [(ErrorKind::NotFound, false), (ErrorKind::PermissionDenied, false), (ErrorKind::StaleNetworkFileHandle, true)]
        {
            assert_eq!(is_gone(&kind.into()), gone, "{kind}");
            assert_eq!(asked("attent.db", Err::<(), _>(kind.into())).is_err(), gone, "{kind}");
        }
        assert_eq!(asked("attent.db", Ok(7)), Ok(Some(7)));
        #[cfg(target_os = "linux")]
        for (code, gone) in [(5, true), (107, true), (112, true), (116, true), (2, false), (28, false), (30, false), (13, false)] {
            assert_eq!(is_gone(&Error::from_raw_os_error(code)), gone, "{code}");
        }
    }
}
