//! The loop: messages in, answers and findings out.
//!
//! One message is worked on at a time, in order, so that every answer is about the text that the editor had
//! when it asked. Findings are worked out when nothing else waits. A request that was cancelled while it waited
//! is answered without work; a panic in one is answered as an error and harms nothing else.

use std::collections::{HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use lsp_types::notification::Notification as _;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::client::Client;
use crate::uri::Key;
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
    inbox: VecDeque<Message>,
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
        Self {
            connection,
            client,
            world,
            options,
            tokens: HashMap::new(),
            answered: 0,
            inbox: VecDeque::new(),
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
                self.guarded(publish::unproved);
            }
            if !self.is_wanted() {
                match self.connection.receiver.recv() {
                    Ok(message) => self.take(message),
                    Err(_) => return self.shut_down,
                }
            }
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
            // Only what still waits or is worked on can be cancelled.
            let waits = |id: &RequestId| {
                self.working_on.as_ref() == Some(id)
                    || self.inbox.iter().any(|m| matches!(m, Message::Request(request) if request.id == *id))
            };
            self.cancelled.extend(id.filter(waits));
            return;
        }
        self.inbox.push_back(message);
    }

    fn request(&mut self, request: Request) {
        let id = request.id.clone();
        let answer = if self.cancelled.remove(&id) {
            Err(Refusal::new(ErrorCode::RequestCanceled, self.client.say("已取消", "cancelled")))
        } else if request.method == "shutdown" {
            self.shut_down = true;
            Ok(Value::Null)
        } else if self.shut_down {
            Err(Refusal::new(ErrorCode::InvalidRequest, "shut down"))
        } else {
            let method = request.method.clone();
            let mut params = request.params;
            uri::encode_all(&mut params);
            self.working_on = Some(id.clone());
            let answer = self.guarded(|server| dispatch::request(server, &method, params));
            self.working_on = None;
            self.cancelled.remove(&id);
            let panicked = |client: &Client| {
                let message = client.say("处理这个请求时出错", "this request failed inside the server");
                Refusal::new(ErrorCode::InternalError, format!("{message}: {method}"))
            };
            answer.unwrap_or_else(|| Err(panicked(&self.client)))
        };
        let response_result = answer.map_err(|refusal| ResponseError {
            code: refusal.code,
            message: refusal.message,
            data: None,
        });
        self.send(Message::Response(Response { id, response_result }));
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, mut params } = notification;
        uri::encode_all(&mut params);
        self.guarded(|server| dispatch::notification(server, &method, params));
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
            let options = Options { language: Language::En, page: |_, _| None };
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
