//! Going round in circles.

/// The most circles that are told of one graph.
const MOST_TOLD: usize = 16;

/// Circles in a graph of so many nodes whose edges lead from one to another: each as the numbers of
/// its edges in their order. No edge is in two of them, and breaking all of them leaves no circle,
/// unless there are very many.
pub fn circles(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut left = vec![true; edges.len()];
    let mut found = Vec::new();
    while found.len() < MOST_TOLD {
        drop_dead_ends(nodes, edges, &mut left);
        let Some(circle) = circle(nodes, edges, &left) else { break };
        circle.iter().for_each(|&edge| left[edge] = false);
        found.push(circle);
    }
    found
}

/// Leaves only edges from whose ends one can go on for ever.
fn drop_dead_ends(nodes: usize, edges: &[(usize, usize)], left: &mut [bool]) {
    let (mut ways_on, mut arriving) = (vec![0; nodes], vec![Vec::new(); nodes]);
    for (index, &(from, to)) in edges.iter().enumerate().filter(|(index, _)| left[*index]) {
        ways_on[from] += 1;
        arriving[to].push(index);
    }
    let mut dead: Vec<usize> = (0..nodes).filter(|node| ways_on[*node] == 0).collect();
    while let Some(node) = dead.pop() {
        for edge in std::mem::take(&mut arriving[node]) {
            let (from, _) = edges[edge];
            left[edge] = false;
            ways_on[from] -= 1;
            if ways_on[from] == 0 {
                dead.push(from);
            }
        }
    }
}

/// Goes on along the edges that are left until it comes to where it has been.
fn circle(nodes: usize, edges: &[(usize, usize)], left: &[bool]) -> Option<Vec<usize>> {
    let mut on = vec![None; nodes];
    for (index, &(from, _)) in edges.iter().enumerate().rev().filter(|(index, _)| left[*index]) {
        on[from] = Some(index);
    }
    let mut node = on.iter().position(Option::is_some)?;
    let mut came: Vec<Option<usize>> = vec![None; nodes];
    let mut walk = Vec::new();
    while came[node].is_none() {
        came[node] = Some(walk.len());
        let edge = on[node]?;
        walk.push(edge);
        node = edges[edge].1;
    }
    Some(walk.split_off(came[node]?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_are_found_and_only_circles() {
        assert!(circles(4, &[(0, 1), (1, 2), (0, 2), (2, 3)]).is_empty());
        assert_eq!(circles(4, &[(3, 0), (0, 1), (1, 2), (2, 0), (2, 3)]), [vec![1, 2, 3]]);
        assert_eq!(circles(2, &[(0, 0), (0, 1), (1, 1)]), [vec![0], vec![2]]);
    }

    #[test]
    fn many_circles_end() {
        let edges: Vec<_> = (0..100).map(|node| (node, node)).collect();
        assert_eq!(circles(100, &edges).len(), MOST_TOLD);
    }
}
