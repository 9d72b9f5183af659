//! A list that survives a crash: `cargo run -p bankfeed --example resume`.
//!
//! What was read and where to go on are one line of a file, written together, so that there are both or neither. The first
//! run ends in the middle of such a line; the second goes on behind the last whole one. Nothing comes twice, nothing is
//! lost, and what is stored is not asked for again. With a database, the line is a transaction: rows and token in one.
//! The sandbox plays Salt Edge, so it needs neither credentials nor network.
#![allow(missing_docs)]

use std::error::Error;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

use bankfeed::{
    ConnectionFilter, ConnectionId, Paging, Provider, ResumeToken, SaltEdge, Transaction, TransactionFilter,
};
use bankfeed_sandbox::Sandbox;
use serde::{Deserialize, Serialize};

/// How many records are stored at once: as many as may be read again after a crash.
const BATCH: usize = 8;

/// One line of the file.
#[derive(Serialize, Deserialize)]
struct Batch {
    rows: Vec<Transaction>,
    /// Records that could not be normalized; the token is behind them as well.
    left_out: usize,
    /// Where the list stood after these rows.
    resume: ResumeToken,
}

/// The file: whole lines, of which the last one says where to go on.
struct Journal {
    file: File,
    resume: Option<ResumeToken>,
}

impl Journal {
    /// Opens the file, or makes it, and cuts off what a crash left of a line.
    fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        // These are people's transactions: nobody else's to read.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        let (mut whole, mut resume) = (0, None);
        let (mut lines, mut line) = (BufReader::new(&file), Vec::new());
        while lines.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
            let batch: Batch = serde_json::from_slice(&line)?;
            whole += line.len() as u64;
            resume = Some(batch.resume);
            line.clear();
        }
        file.set_len(whole)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Self { file, resume })
    }

    /// Stores rows and token together. They are safe once this returns, not before.
    fn append(&mut self, batch: &Batch) -> io::Result<()> {
        self.file.write_all(&line(batch)?)?;
        self.file.sync_data()
    }

    /// What a power cut in the middle of [`append`](Self::append) leaves behind.
    fn append_half(&mut self, batch: &Batch) -> io::Result<()> {
        let line = line(batch)?;
        self.file.write_all(&line[..line.len() / 2])
    }
}

fn line(batch: &Batch) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(batch)?;
    line.push(b'\n');
    Ok(line)
}

/// How a run ended.
#[derive(Debug, PartialEq)]
pub(crate) enum Ended {
    Complete,
    Crashed,
}

/// Reads on from where the file ends. `crash_at` has it die while it stores that record.
pub(crate) async fn export(
    provider: &dyn Provider,
    connection: &ConnectionId,
    path: &Path,
    crash_at: Option<usize>,
) -> Result<Ended, Box<dyn Error>> {
    let transactions = provider.transactions().ok_or("the provider has no transactions")?;
    let mut journal = Journal::open(path)?;
    let mut paging = Paging::default().page_size(10);
    if let Some(token) = journal.resume.clone() {
        // A token of a list that was read to its end is one as well: the list that is resumed there is empty.
        paging = paging.resume(token);
    }
    let mut list = transactions.list_transactions(TransactionFilter::of(connection), paging);
    let (mut rows, mut left_out, mut read) = (Vec::new(), 0, 0);
    let failure = loop {
        match list.next().await {
            Some(Ok(transaction)) => rows.push(transaction),
            Some(Err(error)) if error.is_bad_record() => left_out += 1,
            Some(Err(error)) => break Some(error),
            None => break None,
        }
        read += 1;
        let crash = crash_at == Some(read);
        if crash || rows.len() + left_out == BATCH {
            // The token is taken after the last of these rows was, and before the next.
            let batch = Batch { rows: std::mem::take(&mut rows), left_out, resume: list.resume_token() };
            left_out = 0;
            if crash {
                journal.append_half(&batch)?;
                return Ok(Ended::Crashed);
            }
            journal.append(&batch)?;
        }
    };
    // What came before a failure is stored, too: its token leads to the page that failed.
    journal.append(&Batch { rows, left_out, resume: list.resume_token() })?;
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(Ended::Complete),
    }
}

/// All rows of the file, a line that a crash cut short left out.
pub(crate) fn stored(path: &Path) -> io::Result<Vec<Transaction>> {
    let mut rows = Vec::new();
    for line in std::fs::read_to_string(path)?.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
        rows.extend(serde_json::from_str::<Batch>(line)?.rows);
    }
    Ok(rows)
}

/// Salt Edge in the sandbox, and one of its connections.
pub(crate) async fn setup(sandbox: &Sandbox) -> Result<(SaltEdge, ConnectionId), Box<dyn Error>> {
    let access = sandbox.saltedge();
    let provider = SaltEdge::builder(access.app_id, access.secret).base_url(&access.url).build()?;
    let connections = provider.connections().ok_or("no connections")?;
    let first = connections.list_connections(ConnectionFilter::all(), Paging::default()).next().await;
    Ok((provider, first.ok_or("no connection")??.id))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("bankfeed-resume-{}.jsonl", std::process::id()));
    let told = run(&path).await;
    let _ = std::fs::remove_file(&path);
    print!("{}", told?);
    Ok(())
}

/// A run that crashes, one that goes on, and one after which nothing is left to do.
pub(crate) async fn run(path: &Path) -> Result<String, Box<dyn Error>> {
    let sandbox = Sandbox::builder().people(1).transactions(60).start().await?;
    let (provider, connection) = setup(&sandbox).await?;
    let mut text = String::new();
    for (name, crash_at) in [("first", Some(27)), ("second", None), ("third", None)] {
        sandbox.forget_requests();
        let ended = export(&provider, &connection, path, crash_at).await?;
        let (rows, requests) = (stored(path)?.len(), sandbox.requests().len());
        // How many pages were fetched ahead when it crashed is a matter of time.
        let requests = if ended == Ended::Crashed { String::new() } else { format!(", {requests} requests") };
        text += &format!("{name} run: {ended:?}, {rows} rows in the file{requests}\n");
    }
    let list = provider.transactions().ok_or("no transactions")?;
    let all = list.list_transactions(TransactionFilter::of(&connection), Paging::default()).collect_all().await?;
    let same = all.iter().map(|row| &row.key).eq(stored(path)?.iter().map(|row| &row.key));
    text += &format!("the same {} rows as without a crash: {}\n", all.len(), if same { "yes" } else { "no" });
    Ok(text)
}
