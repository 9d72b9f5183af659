//! The body of an answer on its way out.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hyper::body::{Frame, SizeHint};
use tokio::time::Sleep;

use crate::answer::Body;
use crate::fault::Wire;

/// Bytes of white space that are sent at a time.
const PIECE: u64 = 16 * 1024;
static SPACES: [u8; 16 * 1024] = [b' '; 16 * 1024];

/// The connection is to be cut.
#[derive(Debug, thiserror::Error)]
#[error("cut on request")]
pub(crate) struct Cut;

/// A body on its way out.
pub(crate) struct Outgoing {
    pieces: Box<dyn Iterator<Item = Bytes> + Send>,
    /// Bytes in all, where they are known.
    length: Option<u64>,
    /// Breaks off after the last piece.
    truncated: bool,
    /// What came before the break was given time to leave.
    flushed: bool,
    pace: Option<(usize, Duration)>,
    pause: Option<Pin<Box<Sleep>>>,
    buffer: BytesMut,
}

impl Outgoing {
    pub(crate) fn of(body: Body, wire: &Wire) -> Self {
        let (mut pieces, mut length): (Box<dyn Iterator<Item = Bytes> + Send>, _) = match body {
            Body::Empty => (Box::new(std::iter::empty()), Some(0)),
            Body::Bytes(bytes) => whole(bytes),
            Body::Json(value) => whole(Bytes::from(value.to_string())),
            Body::Woven(woven) => (Box::new(woven.pieces()), None),
        };
        if wire.padding > 0 {
            // Nobody is warned by a length.
            length = None;
            pieces = Box::new(spaces(wire.padding).chain(pieces));
        }
        if wire.truncated {
            pieces = Box::new(Truncated { last: pieces.next(), pieces });
        }
        Self {
            pieces,
            length,
            truncated: wire.truncated,
            flushed: false,
            pace: wire.pace,
            pause: None,
            buffer: BytesMut::new(),
        }
    }

    /// At most so many bytes.
    fn drop_of(&mut self, size: usize) -> Option<Bytes> {
        if self.buffer.is_empty() {
            self.buffer.extend_from_slice(&self.pieces.next()?);
        }
        let size = size.min(self.buffer.len());
        Some(self.buffer.split_to(size).freeze())
    }
}

fn whole(bytes: Bytes) -> (Box<dyn Iterator<Item = Bytes> + Send>, Option<u64>) {
    let length = u64::try_from(bytes.len()).ok();
    (Box::new(std::iter::once(bytes).filter(|bytes| !bytes.is_empty())), length)
}

fn spaces(count: u64) -> impl Iterator<Item = Bytes> + Send {
    let mut left = count;
    std::iter::from_fn(move || {
        let size = left.min(PIECE);
        left -= size;
        let size = usize::try_from(size).ok().filter(|size| *size > 0)?;
        Some(Bytes::from_static(&SPACES).slice(..size))
    })
}

/// All pieces, of the last one half.
struct Truncated {
    pieces: Box<dyn Iterator<Item = Bytes> + Send>,
    last: Option<Bytes>,
}

impl Iterator for Truncated {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        let piece = self.last.take()?;
        self.last = self.pieces.next();
        if self.last.is_some() {
            return Some(piece);
        }
        Some(piece.slice(..piece.len() / 2)).filter(|half| !half.is_empty())
    }
}

impl hyper::body::Body for Outgoing {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        let this = &mut *self;
        if let Some(pause) = &mut this.pause {
            std::task::ready!(pause.as_mut().poll(context));
            this.pause = None;
        }
        let piece = match this.pace {
            None => this.pieces.next(),
            Some((size, pause)) => {
                let piece = this.drop_of(size);
                this.pause = piece.is_some().then(|| Box::pin(tokio::time::sleep(pause)));
                piece
            }
        };
        Poll::Ready(match piece {
            Some(bytes) => Some(Ok(Frame::data(bytes))),
            None if this.truncated => {
                if !std::mem::replace(&mut this.flushed, true) {
                    // A failure discards what waits to be sent; being idle once sends it.
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Some(Err(Cut))
            }
            None => None,
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
