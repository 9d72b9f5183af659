//! One request from its arrival to its answer.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::header::HOST;
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use crate::answer::{Answer, Body};
use crate::builder::Options;
use crate::call::{Call, Received};
use crate::callback::{Callback, Mailbox};
use crate::clock::Clock;
use crate::fault::{self, Faults, Struck, Wire};
use crate::playbook::{Operation, Playbook};
use crate::players::{self, Player, Scene};
use crate::record::{Record, Recorded};
use crate::refusal::{Kind, Refusal};
use crate::world::World;
use crate::{Provider, check};

/// Header of a request that asks for a fault.
pub(crate) const FAULT: &str = "x-sandbox-fault";
/// Header of an answer that says why a request was refused.
const REFUSED: &str = "x-sandbox-refused";
/// Header of an answer that would have broken the specification.
const BROKEN: &str = "x-sandbox-broken";

/// Status of the refusal of a fault, whatever the provider would say.
const NOT_PLAYED: u16 = 400;

/// Everything that the requests share.
pub(crate) struct Stage {
    pub(crate) options: Options,
    pub(crate) world: World,
    pub(crate) clock: Arc<Clock>,
    pub(crate) mailbox: Arc<Mailbox>,
    pub(crate) record: Record,
    pub(crate) faults: Faults,
    roots: [String; Provider::ALL.len()],
    receivers: Mutex<[Option<Url>; Provider::ALL.len()]>,
    players: [Mutex<Box<dyn Player>>; Provider::ALL.len()],
}

/// An answer, and what happens to it on its way.
pub(crate) struct Outcome {
    /// The id of the operation, where the path has one.
    pub(crate) operation: Option<String>,
    pub(crate) answer: Answer,
    pub(crate) wire: Wire,
    /// Why it was refused.
    pub(crate) refused: Option<String>,
}

/// What is known of a request once it has been answered.
struct Played {
    answer: Answer,
    struck: Struck,
    refused: Option<Refusal>,
}

impl Stage {
    pub(crate) fn new(mut options: Options, address: SocketAddr) -> Self {
        let world = World::new(options.seed, options.size, options.start);
        let players = Provider::ALL.map(|provider| Mutex::new(players::of(provider, &world, &options)));
        Self {
            roots: Provider::ALL.map(|provider| format!("http://{address}/{provider}")),
            receivers: Mutex::new(options.receivers.clone()),
            clock: Arc::new(Clock::new(options.start, options.running)),
            mailbox: Arc::new(Mailbox::new(1_000)),
            record: Record::new(options.recorded),
            faults: Faults::new(std::mem::take(&mut options.rules)),
            players,
            world,
            options,
        }
    }

    /// Where a provider is, without a slash at the end.
    pub(crate) fn root(&self, provider: Provider) -> &str {
        &self.roots[provider.index()]
    }

    pub(crate) fn set_receiver(&self, provider: Provider, url: Url) {
        self.receivers.lock().unwrap_or_else(PoisonError::into_inner)[provider.index()] = Some(url);
    }

    /// Moves time on, and lets every provider know.
    pub(crate) fn advance(&self, by: Duration) {
        self.clock.advance(by);
        let now = self.clock.now();
        for provider in Provider::ALL {
            self.tick(provider, now);
        }
        self.mailbox.changed();
    }

    fn tick(&self, provider: Provider, now: Timestamp) {
        let mut player = self.players[provider.index()].lock().unwrap_or_else(PoisonError::into_inner);
        let callbacks = self.on_scene(provider, now, |scene| player.tick(scene)).1;
        self.mailbox.post(now, callbacks);
    }

    /// Answers a request for a provider.
    pub(crate) fn answer(&self, provider: Provider, received: Received) -> Outcome {
        let now = self.clock.now();
        if self.options.running {
            self.tick(provider, now);
        }
        let book = Playbook::of(provider);
        let routed = check::route(book, &received).map(|(operation, path)| (Arc::clone(operation), path));
        let operation = routed.as_ref().ok().map(|(operation, _)| Arc::clone(operation));
        let mut recorded = self.record.keeps().then(|| Recorded::of(provider, operation.as_deref(), &received));
        let mut player = self.players[provider.index()].lock().unwrap_or_else(PoisonError::into_inner);
        let (played, callbacks) = self.on_scene(provider, now, |scene| {
            let (outcome, struck) = match routed {
                Ok((operation, path)) => self.play(&mut **player, &operation, path, received, scene),
                Err(refusal) => (player.beside(&received, scene).ok_or(refusal), Struck::default()),
            };
            match outcome {
                Ok(answer) => Played { answer, struck, refused: None },
                Err(refusal) => {
                    let mut answer =
                        player.refuse(&refusal, operation.as_deref(), scene).header(REFUSED, &refusal.header());
                    if refusal.kind == Kind::Fault {
                        answer.status = NOT_PLAYED;
                    }
                    Played { answer, struck, refused: Some(refusal) }
                }
            }
        });
        drop(player);
        self.mailbox.post(now, callbacks);
        let wire = Wire::of(&played.struck);
        let altered = !played.struck.is_empty();
        let answer = match &operation {
            Some(operation) if self.options.check_answers && !altered => proven(book, operation, played.answer),
            _ => played.answer,
        };
        let refused = played.refused.as_ref().map(Refusal::header);
        if let Some(mut recorded) = recorded.take() {
            recorded.status = if wire.cut { 0 } else { answer.status };
            recorded.refused.clone_from(&refused);
            self.record.add(recorded);
        }
        Outcome { operation: operation.map(|operation| operation.id.clone()), answer, wire, refused }
    }

    /// The refusal of a request that could not even be read.
    pub(crate) fn refuse(&self, provider: Provider, refusal: &Refusal) -> Answer {
        let player = self.players[provider.index()].lock().unwrap_or_else(PoisonError::into_inner);
        let refused = self.on_scene(provider, self.clock.now(), |scene| player.refuse(refusal, None, scene)).0;
        refused.header(REFUSED, &refusal.header())
    }

    /// An operation's answer or its refusal, with the faults that hit it.
    fn play(
        &self,
        player: &mut dyn Player,
        operation: &Arc<Operation>,
        path: Vec<(String, String)>,
        received: Received,
        scene: &mut Scene<'_>,
    ) -> (Result<Answer, Refusal>, Struck) {
        let (mut call, struck) = match self.meet(player, operation, path, received, scene) {
            Ok(met) => met,
            Err(refusal) => return (Err(refusal), Struck::default()),
        };
        let outcome = fault::instead(&struck, player, operation, scene).and_then(|instead| match instead {
            Some(answer) => Ok(answer),
            None => {
                struck.rewrite(&mut call);
                player.answer(&call, scene)
            }
        });
        match outcome.and_then(|answer| self.faults.alter(&struck, &call, scene.book, answer)) {
            Err(refusal) if refusal.kind == Kind::Fault => (Err(refusal), Struck::default()),
            outcome => (outcome, struck),
        }
    }

    /// A request that may be made and keeps the specification, with the faults that hit it.
    fn meet(
        &self,
        player: &dyn Player,
        operation: &Arc<Operation>,
        path: Vec<(String, String)>,
        received: Received,
        scene: &Scene<'_>,
    ) -> Result<(Call, Struck), Refusal> {
        if !operation.open {
            player.authenticate(operation, &received, scene)?;
        }
        let header = asked(&received);
        let mut call = check::call(scene.book, operation, path, received)?;
        let struck = self.faults.hitting(scene.provider, &mut call, header.as_deref())?;
        Ok((call, struck))
    }

    fn on_scene<T>(
        &self,
        provider: Provider,
        now: Timestamp,
        act: impl FnOnce(&mut Scene<'_>) -> T,
    ) -> (T, Vec<Callback>) {
        let receiver = self.receivers.lock().unwrap_or_else(PoisonError::into_inner)[provider.index()].clone();
        let mut scene = Scene {
            provider,
            world: &self.world,
            book: Playbook::of(provider),
            now,
            root: self.root(provider),
            receiver: receiver.as_ref(),
            callbacks: Vec::new(),
        };
        let acted = act(&mut scene);
        let mut callbacks = scene.callbacks;
        if self.options.check_answers {
            for callback in &mut callbacks {
                callback.broken = unspecified(Playbook::of(provider), callback);
            }
        }
        (acted, callbacks)
    }
}

/// The faults that a request asks for, in one or several headers.
fn asked(received: &Received) -> Option<String> {
    let values = received.headers.get_all(FAULT).iter();
    let texts: Vec<String> = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    (!texts.is_empty()).then(|| texts.join(";"))
}

/// The address of a request as the client wrote it.
pub(crate) fn address(parts: &http::request::Parts, root: &str) -> String {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let target = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    match host {
        Some(host) => format!("http://{host}{target}"),
        None => format!("{root}{target}"),
    }
}

/// An answer that keeps the specification, or the failure that tells where it does not.
fn proven(book: &Playbook, operation: &Operation, answer: Answer) -> Answer {
    let answer = answer.gathered();
    match broken(book, operation, &answer) {
        None => answer,
        Some(place) => Answer::json(500, Value::Null).header(BROKEN, &place),
    }
}

fn broken(book: &Playbook, operation: &Operation, answer: &Answer) -> Option<String> {
    let Some(contents) = operation.answer(answer.status) else {
        // What HTTP itself refuses is no business of the specification.
        let of_http = matches!(answer.status, 400..=499);
        return (!of_http).then(|| format!("{} promises no status {}", operation.id, answer.status));
    };
    let Body::Json(value) = &answer.body else { return None };
    let content = contents.iter().find(|content| content.media == "application/json")?;
    let mismatch = book.schemas.check(content.schema.as_ref()?, value).err()?;
    Some(format!("{} {} {}: {}", operation.id, answer.status, mismatch.pointer, mismatch.problem))
}

/// Where a callback breaks the specification.
fn unspecified(book: &Playbook, callback: &Callback) -> Option<String> {
    let Some(known) = book.callbacks.iter().find(|known| known.name == callback.name) else {
        return Some(format!("{} is no callback of it", callback.name));
    };
    let mismatch = book.schemas.check(known.schema.as_ref()?, &callback.body).err()?;
    Some(format!("{} {}: {}", callback.name, mismatch.pointer, mismatch.problem))
}

/// A request to nobody: the first segment of its path is no provider.
pub(crate) fn nobody(path: &str) -> Answer {
    let names: Vec<&str> = Provider::ALL.into_iter().map(Provider::name).collect();
    let refusal = Refusal::new(
        Kind::Route,
        format!("path {path}"),
        format!("begins with no provider: /{}; /sandbox is the sandbox itself", names.join(", /")),
    );
    let text = format!("This is bankfeed-sandbox. {}\n", refusal.header());
    let status = if path == "/" { 200 } else { 404 };
    Answer::bytes(status, "text/plain; charset=utf-8", text).header(REFUSED, &refusal.header())
}
