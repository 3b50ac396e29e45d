"""SNS topics, subscriptions and topic policies."""

from __future__ import annotations

from pipecheck.loaders.decode.policy import decode_statements
from pipecheck.loaders.names import Names
from pipecheck.loaders.node import Node, element_text
from pipecheck.model.topic import Topic, TopicPolicy, TopicSubscription
from pipecheck.values import Items, Member, Value


def decode_topic(node: Node, names: Names) -> Topic:
    """The topic whose properties `node` holds."""
    name = node.text(names["topic.name"])
    return Topic(
        name=name,
        kms_key=node.text(names["topic.kms_key"]),
        subscriptions=node.items(names["topic.subscriptions"]).each(lambda entry: _subscription(entry, name, names)),
        place=node.head,
    )


def decode_subscription(node: Node, names: Names) -> TopicSubscription:
    """The subscription whose properties `node` holds."""
    return _subscription(node, node.text(names["subscription.topic"]), names)


def _subscription(node: Node, topic: Value[str], names: Names) -> TopicSubscription:
    return TopicSubscription(
        topic=topic,
        protocol=node.text(names["subscription.protocol"]),
        endpoint=node.text(names["subscription.endpoint"]),
        place=node.head,
    )


def decode_topic_policy(node: Node, names: Names) -> TopicPolicy:
    """The policy, for several topics, whose properties `node` holds."""
    topics = node.items(names["topic_policy.topics"]).each(element_text)
    return TopicPolicy(topics, decode_statements(node, names["policy.document"]), node.head)


def decode_inline_topic_policy(node: Node, names: Names) -> TopicPolicy:
    """The policy, for one topic, whose properties `node` holds."""
    topic = node.text(names["inline_topic_policy.topic"])
    topics = Items((Member(topic),), topic.place)
    return TopicPolicy(topics, decode_statements(node, names["policy.document"]), node.head)
