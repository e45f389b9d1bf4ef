"""Show a multiple-choice question that answers without a script: each option is a fold with its feedback."""

# ruff: noqa: D102, D103
import html

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import quiz


class quiz_node(nodes.General, nodes.Element):  # noqa: N801, D101
    pass


class question_node(nodes.General, nodes.TextElement):  # noqa: N801, D101
    pass


class option_node(nodes.General, nodes.Element):  # noqa: N801, D101
    pass


class answer_node(nodes.General, nodes.TextElement):  # noqa: N801, D101
    pass


class QuizDirective(SphinxDirective):
    """:::{quiz} Question? with options as `- [ ]` and `- [x]` items, feedback indented below each.

    Colons, not backticks: a fence of backticks may not have code in its first line.
    """

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": lambda text: text.strip()}  # noqa: RUF012

    def run(self):
        try:
            parsed = quiz.parse(self.arguments[0], "\n".join(self.content))
        except ValueError as error:
            raise self.error(str(error)) from None
        node = quiz_node()
        self.options.setdefault("name", parsed.name)
        node += question_node("", "", *self.inline(parsed.question))
        node += [self.option(option) for option in parsed.options]
        self.add_name(node)  # an anchor that text can refer to; a name used twice is reported
        return [node]

    def option(self, option):
        content = self.blocks(option.feedback)
        if not content or not isinstance(content[0], nodes.paragraph):
            content.insert(0, nodes.paragraph())
        content[0].insert(0, [nodes.strong(text=quiz.verdict(option)), nodes.Text(" ")])
        node = option_node("", answer_node("", "", *self.inline(option.text)), *content)
        node["right"] = option.right
        return node

    def inline(self, text):
        block = self.blocks(text)
        return block[0].children if block else []

    def blocks(self, text):
        holder = nodes.Element()
        lines = StringList(text.splitlines(), self.get_source_info()[0])
        self.state.nested_parse(lines, self.content_offset, holder)
        return holder.children


def visit_quiz(self, node):
    question = f"{node['ids'][0]}-question"
    self.body.append(self.starttag(node, "div", CLASS="quiz", role="group", **{"aria-labelledby": question}))


def visit_question(self, node):
    self.body.append(f'<p class="quiz-question" id="{node.parent["ids"][0]}-question">')


def visit_option(self, node):
    group = html.escape(node.parent["ids"][0])
    self.body.append(f'<details class="option {"right" if node["right"] else "wrong"}" name="{group}">\n')


def visit_answer(self, node):
    option = node.parent
    place = option.parent.index(option) - 1  # the question stands first
    self.body.append(f'<summary><span class="letter">{quiz.letter(place)}</span><span>')


def closing(tags):
    return lambda self, node: self.body.append(tags)


HTML = {
    quiz_node: (visit_quiz, closing("</div>\n")),
    question_node: (visit_question, closing("</p>\n")),
    option_node: (visit_option, closing("</details>\n")),
    answer_node: (visit_answer, closing("</span></summary>\n")),
}


class QuizOnPaper(SphinxPostTransform):
    """Where nothing can be opened, the options are a list and the answers follow it."""

    default_priority = 400

    def run(self, **kwargs):
        if self.app.builder.format == "html":
            return
        for node in list(self.document.findall(quiz_node)):
            node.replace_self(on_paper(node))


def on_paper(node):
    """Question, options and answers as plain lists."""
    question, *options = node.children
    strong = nodes.strong("", "", *question.children)
    texts = [nodes.list_item("", nodes.paragraph("", "", *option[0].children)) for option in options]
    answers = [nodes.list_item("", *option.children[1:]) for option in options]
    heading = nodes.paragraph("", "", nodes.emphasis(text="Answers"))
    return [nodes.paragraph("", "", strong), lettered(texts), heading, lettered(answers)]


def lettered(items):
    return nodes.enumerated_list("", *items, enumtype="upperalpha", prefix="", suffix=".")


def setup(app):
    for node, visitors in HTML.items():
        app.add_node(node, html=visitors)
    app.add_directive("quiz", QuizDirective)
    app.add_post_transform(QuizOnPaper)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
