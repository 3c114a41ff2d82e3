//! Evidence in groups: what is read together stands in one group, and no clause reads of two.
//!
//! INVARIANT: a node that depends on nothing but evidence depends on one group alone, so that the cases of different
//! groups may be run side by side, each unit of a trial standing for one case of every group.

use std::collections::{BTreeMap, BTreeSet};

use rubric_program::{EvidenceId, NodeId, Program};

use crate::cases::Cases;
use crate::reads::Reads;

/// Evidence that is read together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group {
    pub(crate) members: Vec<EvidenceId>,
    /// The nodes whose own rules read it.
    pub(crate) nodes: Vec<NodeId>,
    /// How many cases there are, all combined; as many as a number can say, where there are more.
    pub(crate) size: usize,
    /// These are all there can be.
    pub(crate) complete: bool,
}

/// The groups, and of each node which one it reads and whether it depends on nothing else.
pub(crate) struct Groups {
    pub(crate) all: Vec<Group>,
    of_node: Vec<(Option<usize>, bool)>,
}

impl Groups {
    pub(crate) fn of(program: &Program, cases: &[Cases]) -> Self {
        let nodes: Vec<Reads> = program.nodes.iter().map(|n| Reads::of_node(program, n)).collect();
        let outputs: Vec<Reads> = program.outputs.iter().map(|o| Reads::of(program, &o.value)).collect();
        let verify = program.verify.iter().map(|v| {
            let mut reads = Reads::of(program, &v.condition);
            reads.evidence.extend(v.list);
            reads
        });
        let mut sets = Sets::new(program.evidence.len());
        nodes.iter().chain(&outputs).for_each(|reads| sets.join(&reads.evidence));
        verify.for_each(|reads| sets.join(&reads.evidence));
        let mut found: BTreeMap<usize, Group> = BTreeMap::new();
        for id in 0..program.evidence.len() {
            found.entry(sets.root(id)).or_default().members.push(EvidenceId(id));
        }
        let index: BTreeMap<usize, usize> = found.keys().copied().zip(0..).collect();
        let mut all: Vec<Group> = found.into_values().collect();
        let mut of_node = Vec::with_capacity(nodes.len());
        for (id, reads) in nodes.iter().enumerate() {
            let group = reads.evidence.first().and_then(|e| index.get(&sets.root(e.0)).copied());
            if let Some(group) = group.and_then(|g| all.get_mut(g)) {
                group.nodes.push(NodeId(id));
            }
            of_node.push((group, !reads.others));
        }
        for group in &mut all {
            let of = |id: &EvidenceId| cases.get(id.0);
            let sizes = group.members.iter().filter_map(of).map(|c| c.all.len().max(1));
            group.size = sizes.fold(1, usize::saturating_mul);
            group.complete = group.members.iter().filter_map(of).all(|c| c.complete);
        }
        Self { all, of_node }
    }

    /// How many cases there are of everything; as many as a number can say, where there are more.
    pub(crate) fn size(&self) -> usize {
        self.all.iter().fold(1, |all, group| all.saturating_mul(group.size))
    }

    /// Makes one group of all.
    pub(crate) fn merge(&mut self) {
        let size = self.size();
        let mut whole = Group { size, complete: true, ..Group::default() };
        for group in std::mem::take(&mut self.all) {
            whole.members.extend(group.members);
            whole.nodes.extend(group.nodes);
            whole.complete &= group.complete;
        }
        self.all = vec![whole];
        self.of_node.iter_mut().for_each(|(group, _)| *group = Some(0));
    }

    /// The group whose evidence alone decides the score of a clause; `Ok(None)` where it reads none, an error where
    /// more than that decides.
    pub(crate) fn alone(&self, node: NodeId) -> Result<Option<&Group>, ()> {
        match self.of_node.get(node.0) {
            Some((Some(group), true)) => self.all.get(*group).map(Some).ok_or(()),
            Some((None, true)) => Ok(None),
            _ => Err(()),
        }
    }
}

/// Sets that are joined as they are found to belong together (after Galler and Fischer, 1964).
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, of: usize) -> usize {
        let mut at = of;
        while let Some(up) = self.0.get(at).copied().filter(|up| *up != at) {
            // Halves the way for the next time.
            let further = self.0.get(up).copied().unwrap_or(up);
            self.0.get_mut(at).into_iter().for_each(|slot| *slot = further);
            at = further;
        }
        at
    }

    fn join(&mut self, together: &BTreeSet<EvidenceId>) {
        let mut all = together.iter();
        let Some(first) = all.next() else { return };
        for next in all {
            let (a, b) = (self.root(first.0), self.root(next.0));
            self.0.get_mut(a.max(b)).into_iter().for_each(|slot| *slot = a.min(b));
        }
    }
}
