//! One JSON document: a list, written as its elements come.

use std::io::{self, Write};

use serde_json::Value;

pub(super) struct Document {
    out: Box<dyn Write>,
    begun: bool,
}

impl Document {
    pub(super) fn new(out: Box<dyn Write>) -> Self {
        Self { out, begun: false }
    }

    pub(super) fn put(&mut self, record: &Value) -> io::Result<()> {
        self.out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
        self.begun = true;
        serde_json::to_writer_pretty(&mut self.out, record).map_err(io::Error::from)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}
