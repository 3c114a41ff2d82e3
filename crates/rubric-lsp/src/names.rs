//! Where each name of a rubric stands, and what it means.
//!
//! Resolved from the tree by the rules of the checker (fields of the row in hand first, then evidence, named
//! values and outputs; a name beside a choice is one of its values if it can be), so that it holds also while
//! another line cannot be read. A test compares it with the checked programs of real rubrics.

mod owner;
mod walk;

use rubric_base::Span;
use rubric_syntax::ast;
use rustc_hash::FxHashMap;

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// Evidence.
    Evidence(String),
    /// A field of a list.
    Field(String, String),
    /// A value of a choice.
    Choice(Owner, String),
    /// A named value.
    Let(String),
    /// An output.
    Output(String),
    /// A section or clause.
    Node(String),
    /// A grade.
    Grade(String),
    /// An imported rubric.
    Import(String),
    /// Something of an imported rubric.
    Imported(String, What),
    /// A unit of the example that begins there.
    Unit(u32, String),
}

/// Whose values a choice has.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// Evidence.
    Evidence(String),
    /// A field of a list.
    Field(String, String),
}

/// What of an imported rubric.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// A clause by its number, or an output by its name.
    Named(String),
    /// One of its grades.
    Grade(String),
}

impl Symbol {
    /// The name itself.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Evidence(n) | Self::Let(n) | Self::Output(n) | Self::Node(n) | Self::Grade(n) => n,
            Self::Field(_, n) | Self::Choice(_, n) | Self::Import(n) | Self::Unit(_, n) => n,
            Self::Imported(_, What::Named(n) | What::Grade(n)) => n,
        }
    }
}

/// A name where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Where, with its 「」.
    pub span: Span,
    /// What it means: see [`Names::symbol`].
    pub symbol: usize,
    /// It is declared here.
    pub declares: bool,
}

/// All names of one rubric.
#[derive(Debug, Default)]
pub struct Names {
    symbols: Vec<Symbol>,
    ids: FxHashMap<Symbol, usize>,
    mentions: Vec<Mention>,
    /// Where each symbol is declared first.
    declared: Vec<Option<Span>>,
}

impl Names {
    /// Resolves the names of a tree.
    #[must_use]
    pub fn of(tree: &ast::File) -> Self {
        let mut names = walk::Walk::new(tree).names();
        names.mentions.sort_by_key(|m| (m.span, !m.declares));
        names.mentions.dedup_by_key(|m| m.span);
        names.declared = vec![None; names.symbols.len()];
        for mention in names.mentions.iter().filter(|m| m.declares) {
            if let Some(first) = names.declared.get_mut(mention.symbol) {
                first.get_or_insert(mention.span);
            }
        }
        names
    }

    fn add(&mut self, symbol: Symbol, at: ast::At, declares: bool) {
        let next = self.symbols.len();
        let id = *self.ids.entry(symbol).or_insert_with_key(|symbol| {
            self.symbols.push(symbol.clone());
            next
        });
        self.mentions.push(Mention { span: at.0, symbol: id, declares });
    }

    /// All names in order of place.
    #[must_use]
    pub fn all(&self) -> &[Mention] {
        &self.mentions
    }

    /// What a mention means.
    #[must_use]
    pub fn symbol(&self, mention: &Mention) -> Option<&Symbol> {
        self.symbols.get(mention.symbol)
    }

    /// The name that holds an offset, or ends there.
    #[must_use]
    pub fn at(&self, offset: usize) -> Option<(Mention, &Symbol)> {
        let after = self.mentions.partition_point(|m| m.span.start as usize <= offset);
        let mention = self.mentions.get(after.checked_sub(1)?)?;
        let inside = offset <= mention.span.end as usize;
        inside.then(|| Some((*mention, self.symbols.get(mention.symbol)?))).flatten()
    }

    /// Every place of a symbol.
    pub fn places<'n>(&'n self, symbol: &Symbol) -> impl Iterator<Item = &'n Mention> + use<'n> {
        let id = self.ids.get(symbol).copied();
        self.mentions.iter().filter(move |m| Some(m.symbol) == id)
    }

    /// Where a symbol is declared.
    #[must_use]
    pub fn declaration(&self, symbol: &Symbol) -> Option<Span> {
        self.ids.get(symbol).and_then(|id| *self.declared.get(*id)?)
    }

    /// Every symbol declared.
    pub fn declared(&self) -> impl Iterator<Item = (&Symbol, Span)> {
        let declared = self.mentions.iter().filter(|m| m.declares);
        declared.filter_map(|m| Some((self.symbols.get(m.symbol)?, m.span)))
    }
}
