//! The loop: messages in, answers and findings out.
//!
//! One message is worked on at a time, in order, so that every answer is about the text that the editor had
//! when it asked. Findings are worked out when nothing else waits. A request that was cancelled while it waited
//! is answered without work; a panic in one is answered as an error and harms nothing else. What rests on a check of
//! all of a long text waits apart until that is made (see `worker.rs`), or the text changes.

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::select;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use lsp_types::PublishDiagnosticsParams;
use lsp_types::notification::Notification as _;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Client;
use crate::uri::Key;
use crate::worker::{Done, Worker};
use crate::world::World;
use crate::{Options, dispatch, publish, uri};

/// Messages worked on before findings are given even though more wait.
const MOST_WAITING: usize = 64;

/// The server of one editor.
pub struct Server<'c> {
    connection: &'c Connection,
    /// The editor.
    pub client: Client,
    /// The documents.
    pub world: World,
    /// What the command lends.
    pub options: Options,
    /// The colours given last, by document, with the names of those answers.
    pub tokens: HashMap<Key, (String, Vec<u32>)>,
    /// How many such answers were given.
    pub answered: u64,
    /// The findings given last, by document.
    pub published: HashMap<Key, PublishDiagnosticsParams>,
    /// The names of the findings that were asked for last, by document.
    pub pulled: HashMap<Key, String>,
    worker: Worker,
    inbox: VecDeque<Message>,
    /// Requests that wait for a check.
    parked: Vec<(Key, Request)>,
    working_on: Option<RequestId>,
    cancelled: HashSet<RequestId>,
    asked: i32,
    shut_down: bool,
}

/// Why a request is not answered with a result.
#[derive(Debug)]
pub struct Refusal {
    code: i32,
    message: String,
}

impl Refusal {
    /// Refuses with one of the codes of the protocol.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code: code as i32, message: message.into() }
    }

    /// What was asked cannot be done; said to people.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RequestFailed, message)
    }
}

impl<'c> Server<'c> {
    /// A server that has not begun.
    #[must_use]
    pub fn new(connection: &'c Connection, client: Client, options: Options) -> Self {
        let mut world = World::default();
        world.folders.clone_from(&client.folders);
        world.watched = client.watches;
        world.long = options.long;
        Self {
            connection,
            client,
            world,
            options,
            tokens: HashMap::new(),
            answered: 0,
            published: HashMap::new(),
            pulled: HashMap::new(),
            worker: Worker::start(),
            inbox: VecDeque::new(),
            parked: Vec::new(),
            working_on: None,
            cancelled: HashSet::new(),
            asked: 0,
            shut_down: false,
        }
    }

    /// Works until the editor says `exit` or goes away; gives whether it said goodbye as it should.
    pub fn run(&mut self) -> bool {
        self.begin();
        let mut done = 0;
        loop {
            self.gather_waiting();
            match self.inbox.pop_front() {
                Some(Message::Request(request)) => self.request(request),
                Some(Message::Notification(n)) if n.method == lsp_types::notification::Exit::METHOD => {
                    return self.shut_down;
                }
                Some(Message::Notification(notification)) => self.notification(notification),
                Some(Message::Response(_)) => {}
                None => {}
            }
            done += 1;
            if self.inbox.is_empty() || done % MOST_WAITING == 0 {
                self.gather_waiting();
                if self.inbox.is_empty() || done % MOST_WAITING == 0 {
                    self.guarded(|server| publish::unsettled(server));
                }
            }
            if !self.is_wanted() {
                self.give_jobs();
                if !self.wait() {
                    return self.shut_down;
                }
            }
        }
    }

    /// Begins the checks that are due.
    fn give_jobs(&mut self) {
        let Some(jobs) = self.guarded(|server| server.world.jobs()) else {
            let waiting: Vec<(Key, Request)> = self.parked.drain(..).collect();
            waiting.iter().for_each(|(_, request)| {
                self.answer(request.id.clone(), Err(self.panicked(&request.method)))
            });
            return;
        };
        for job in jobs {
            if let Some(done) = self.worker.give(job) {
                self.checked(done);
            }
        }
    }

    /// Waits for the editor, for a check that is done, or for one that is due; whether the editor is still there.
    fn wait(&mut self) -> bool {
        let due = self.world.due().map_or_else(crossbeam_channel::never, crossbeam_channel::at);
        select! {
            recv(self.connection.receiver) -> message => match message {
                Ok(message) => self.take(message),
                Err(_) => return false,
            },
            recv(self.worker.done) -> done => if let Ok(done) = done {
                self.checked(done);
            },
            recv(due) -> _ => {}
        }
        true
    }

    /// Takes a check, gives what it found, and answers what waited for it.
    fn checked(&mut self, done: Done) {
        let key = done.key.clone();
        let broken = self.guarded(|server| server.world.take(done)).unwrap_or(true);
        self.guarded(|server| {
            publish::unsettled(server);
            publish::pull_again(server, &key);
        });
        for request in self.unpark(&key) {
            if broken {
                let refusal = self.panicked(&request.method);
                self.answer(request.id, Err(refusal));
            } else {
                self.request(request);
            }
        }
    }

    /// What waits for a check of a document.
    fn unpark(&mut self, key: &Key) -> Vec<Request> {
        self.parked.extract_if(.., |(waits_for, _)| waits_for == key).map(|(_, request)| request).collect()
    }

    /// What waits for a check of a text that is there no more is not answered.
    fn unpark_modified(&mut self, key: &Key) {
        self.world.calm(key);
        for request in self.unpark(key) {
            let message = self.client.say("文本已改动", "the text has changed");
            self.answer(request.id, Err(Refusal::new(ErrorCode::ContentModified, message)));
        }
    }

    /// What is asked of the editor first.
    fn begin(&mut self) {
        if self.client.watches {
            let watchers = ["**/*.rubric", "**/*.calendar", "**/*evidence.json"];
            let watchers: Vec<Value> =
                watchers.iter().map(|glob| serde_json::json!({ "globPattern": glob })).collect();
            let options = serde_json::json!({ "watchers": watchers });
            let registration = serde_json::json!({
                "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options,
            });
            self.ask("client/registerCapability", serde_json::json!({ "registrations": [registration] }));
        }
    }

    /// Takes what waits, without waiting for more.
    pub fn gather_waiting(&mut self) {
        while let Ok(message) = self.connection.receiver.try_recv() {
            self.take(message);
        }
    }

    /// Whether anything waits: long work stops then.
    pub fn is_wanted(&mut self) -> bool {
        self.gather_waiting();
        !self.inbox.is_empty()
    }

    /// Whether the request that is worked on is no longer wanted.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.working_on.as_ref().is_some_and(|id| self.cancelled.contains(id))
    }

    fn take(&mut self, message: Message) {
        if let Message::Notification(n) = &message
            && n.method == lsp_types::notification::Cancel::METHOD
        {
            let id = n.params.get("id").cloned().and_then(|id| serde_json::from_value(id).ok());
            if let Some(id) = id {
                self.cancel(id);
            }
            return;
        }
        self.inbox.push_back(message);
    }

    /// Only what still waits or is worked on can be cancelled.
    fn cancel(&mut self, id: RequestId) {
        if let Some(at) = self.parked.iter().position(|(_, request)| request.id == id) {
            self.parked.remove(at);
            let refusal = self.was_cancelled();
            return self.answer(id, Err(refusal));
        }
        let waits = |m: &Message| matches!(m, Message::Request(request) if request.id == id);
        if self.working_on.as_ref() == Some(&id) || self.inbox.iter().any(waits) {
            self.cancelled.insert(id);
        }
    }

    fn request(&mut self, mut request: Request) {
        uri::encode_all(&mut request.params);
        let id = request.id.clone();
        let answer = if self.cancelled.remove(&id) {
            Err(self.was_cancelled())
        } else if request.method == "shutdown" {
            self.shut_down = true;
            let waiting: Vec<Key> = self.parked.iter().map(|(key, _)| key.clone()).collect();
            waiting.iter().for_each(|key| self.unpark_modified(key));
            Ok(Value::Null)
        } else if self.shut_down {
            Err(Refusal::new(ErrorCode::InvalidRequest, "shut down"))
        } else if let Some(key) = self.must_wait(&request) {
            return self.parked.push((key, request));
        } else {
            self.working_on = Some(id.clone());
            let Request { method, params, .. } = request;
            let answer = self.guarded(|server| dispatch::request(server, &method, params));
            self.working_on = None;
            self.cancelled.remove(&id);
            answer.unwrap_or_else(|| Err(self.panicked(&method)))
        };
        self.answer(id, answer);
    }

    /// For the check of which document a request must wait.
    fn must_wait(&mut self, request: &Request) -> Option<Key> {
        let key = dispatch::waits_for(&request.method, &request.params, &self.client)?;
        self.world.hurry(&key).then_some(key)
    }

    fn answer(&self, id: RequestId, answer: Result<Value, Refusal>) {
        let response_result = answer.map_err(|refusal| ResponseError {
            code: refusal.code,
            message: refusal.message,
            data: None,
        });
        self.send(Message::Response(Response { id, response_result }));
    }

    fn was_cancelled(&self) -> Refusal {
        Refusal::new(ErrorCode::RequestCanceled, self.client.say("已取消", "cancelled"))
    }

    fn panicked(&self, method: &str) -> Refusal {
        let message = self.client.say("处理这个请求时出错", "this request failed inside the server");
        Refusal::new(ErrorCode::InternalError, format!("{message}: {method}"))
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, mut params } = notification;
        uri::encode_all(&mut params);
        let changed = dispatch::changes(&method, &params);
        self.guarded(|server| dispatch::notification(server, &method, params));
        changed.iter().for_each(|key| self.unpark_modified(key));
    }

    /// Runs something that must not harm the rest. What it left half done is only what is known of a text, and
    /// that is worked out anew.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        catch_unwind(AssertUnwindSafe(|| work(self))).ok()
    }

    /// Sends a notification.
    pub fn notify(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification { method: method.to_owned(), params }));
    }

    /// Asks the editor something; its answer is not waited for.
    pub fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.send(Message::Request(Request { id, method: method.to_owned(), params }));
    }

    /// An editor that has gone away hears nothing; the loop ends soon.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }
}

/// Reads parameters; those that cannot be are refused.
pub fn parameters<P: DeserializeOwned>(params: Value) -> Result<P, Refusal> {
    serde_json::from_value(params).map_err(|e| Refusal::new(ErrorCode::InvalidParams, e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rubric_base::Language;

    /// Asks a server, in order, and gives the answers.
    fn answers(methods: &[(&str, Value)]) -> Vec<Result<Value, i32>> {
        let (ours, theirs) = Connection::memory();
        let thread = std::thread::spawn(move || {
            let client = Client::new(&lsp_types::InitializeParams::default(), Language::En);
            let options = Options { language: Language::En, page: |_, _| None, long: crate::LONG };
            Server::new(&theirs, client, options).run()
        });
        let mut found = Vec::new();
        for (id, (method, params)) in (0..).zip(methods) {
            let request =
                Request { id: RequestId::from(id), method: (*method).to_owned(), params: params.clone() };
            ours.sender.send(Message::Request(request)).unwrap();
            let Message::Response(response) = ours.receiver.recv().unwrap() else { panic!("no answer") };
            assert_eq!(response.id, RequestId::from(id));
            found.push(response.response_result.map_err(|e| e.code));
        }
        drop(ours);
        thread.join().unwrap();
        found
    }

    #[test]
    fn a_panic_is_one_answer_and_harms_nothing_else() {
        let found =
            answers(&[("test/panic", Value::Null), ("workspace/symbol", serde_json::json!({ "query": "" }))]);
        assert_eq!(found, [Err(ErrorCode::InternalError as i32), Ok(serde_json::json!([]))]);
    }
}
