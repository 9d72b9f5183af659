//! Ctrl-C: the first one ends in good order, the second one at once. What asks a program to end counts as one.

use std::sync::OnceLock;

use tokio::sync::watch;

use crate::trouble::Exit;

/// Whether the person wants to stop.
pub(crate) struct Interrupt(watch::Receiver<bool>);

/// One for all: each of several lists hears of the same signal.
static STOPPED: OnceLock<watch::Receiver<bool>> = OnceLock::new();

impl Interrupt {
    /// Listens from the first call on.
    pub(crate) fn listen() -> Self {
        let begin = || {
            let (sender, receiver) = watch::channel(false);
            tokio::spawn(async move {
                // Where signals cannot be heard, the system ends the program.
                if signal().await {
                    sender.send_replace(true);
                    if signal().await {
                        std::process::exit(Exit::Interrupted as i32);
                    }
                }
                sender.closed().await;
            });
            receiver
        };
        Self(STOPPED.get_or_init(begin).clone())
    }

    /// What comes, or `None` when the person stops first.
    pub(crate) async fn or<T>(&mut self, next: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            Ok(_) = self.0.wait_for(|stopped| *stopped) => None,
            value = next => Some(value),
        }
    }
}

/// Waits for a signal; whether one came.
async fn signal() -> bool {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            return tokio::signal::ctrl_c().await.is_ok();
        };
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed.is_ok(),
            Some(()) = terminate.recv() => true,
        }
    }
    #[cfg(not(unix))]
    {
        tokio::signal::ctrl_c().await.is_ok()
    }
}
