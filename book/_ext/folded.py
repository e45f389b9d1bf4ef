"""Show solutions as native folds, closed at first, and give exercises ids that occur once."""

# ruff: noqa: D103
from docutils import nodes
from sphinx_exercise.nodes import depart_solution_node, is_extension_node, solution_node, visit_solution_node


def unwrap_sections(_app, doctree):
    """sphinx-exercise wraps each content in a section with the same id; the wrapper is not needed."""
    for node in list(doctree.findall(is_extension_node)):
        for section in [child for child in node.children if isinstance(child, nodes.section)]:
            node.remove(section)
            node.extend(section.children)


def without_links(title):
    """A link inside a summary would compete with opening it: only its words stay."""
    for link in list(title.findall(nodes.reference)):
        link.replace_self(link.children)
    return title


def visit_solution(self, node):
    self.body.append(self.starttag(node, "details", CLASS="admonition"))
    title = without_links(node.pop(0))
    self.body.append("<summary>")
    for child in title.children:
        child.walkabout(self)
    self.body.append("</summary>\n")


def depart_solution(self, node):
    self.body.append("</details>\n")


def setup(app):
    app.setup_extension("sphinx_exercise")
    fold = (visit_solution, depart_solution)
    latex = (visit_solution_node, depart_solution_node)
    app.add_node(solution_node, override=True, html=fold, singlehtml=fold, latex=latex)
    app.connect("doctree-read", unwrap_sections, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
