// SPDX-License-Identifier: Apache-2.0
// The desk's exports: e-mail as the three tables of a Zendesk connector, messages of the social inbox with
// the list in which agents file what they were about, and the list of calls.
#include <algorithm>

#include "demo/exports.h"
#include "demo/phrases.h"

namespace backcast::demo {
namespace {

constexpr int kEmail = 0;  // of DeskWay
constexpr int kFirstAgent = 501;
constexpr std::string_view kAgents[] = {"ilka", "soenke", "maren"};

const DeskWay& WayOf(const Contact& contact) {
  return BrandVoices().ways[static_cast<std::size_t>(contact.way)];
}
const Topic& TopicOf(int topic) { return BrandVoices().topics[static_cast<std::size_t>(topic)]; }
std::string CustomerOf(const Contact& contact) { return "customer" + std::to_string(contact.person); }
std::string Utc(const World& world, int day, int minute) { return InUtc(world.At(day), minute) + ":00"; }

/// Changes of status of one ticket: solved at the reply or later, sometimes opened once more.
void StatusOf(const World& world, const Contact& contact, Csv& csv) {
  const auto change = [&](std::string_view value, int day, int minute) {
    csv.Row({"status", Whole(contact.number), Utc(world, day, minute), std::string(value)});
  };
  change("new", contact.day, contact.minute);
  if (contact.again) {
    change("solved", contact.reply_day, contact.reply_minute);
    change("open", contact.reply_day, std::min(1439, contact.reply_minute + 30));
  }
  if (contact.resolved_day >= 0) change("solved", contact.resolved_day, contact.resolved_minute);
}

DemoFiles Tickets(const World& world) {
  Csv tickets({"id", "assignee_id", "brand_id", "created_at", "group_id", "requester_id", "status",
               "via_channel", "custom_issue", "custom_driver"});
  Csv comments({"id", "body", "created", "public", "ticket_id", "user_id"});
  Csv history({"field_name", "ticket_id", "updated", "value"});
  int comment = 0;
  for (const Contact& contact : world.voices.contacts) {
    if (contact.way != kEmail) continue;
    const std::string number = Whole(contact.number), agent = Whole(kFirstAgent + contact.number % 3);
    const Topic& topic = TopicOf(contact.topic);
    tickets.Row({number, contact.reply_day < 0 ? "" : agent, "tannhoop",
                 Utc(world, contact.day, contact.minute), "service", CustomerOf(contact),
                 contact.resolved_day >= 0 ? "solved"
                 : contact.reply_day >= 0  ? "pending"
                                           : "new",
                 "email", std::string(topic.name), std::string(topic.driver)});
    comments.Row({Whole(++comment), contact.asks, Utc(world, contact.day, contact.minute), "true", number,
                  CustomerOf(contact)});
    if (contact.reply_day >= 0)
      comments.Row({Whole(++comment), contact.answer, Utc(world, contact.reply_day, contact.reply_minute),
                    "true", number, agent});
    StatusOf(world, contact, history);
  }
  return {{"exports/zendesk/ticket.csv", tickets.text()},
          {"exports/zendesk/ticket_comment.csv", comments.text()},
          {"exports/zendesk/ticket_field_history.csv", history.text()}};
}

DemoFiles Inbox(const World& world, const std::string& automatic) {
  Csv messages({"Thread ID", "Message ID", "Account", "Network", "Direction", "Sent at", "Author", "Agent",
                "Automatic", "Body"});
  Csv filed({"conversation_id", "kind", "platform", "account", "person", "date", "opened_at", "resolved_at",
             "reopened", "issue", "driver"});
  for (const Contact& contact : world.voices.contacts) {
    if (contact.way == kEmail) continue;
    const std::string id = ContactId(contact), network(WayOf(contact).id);
    const std::string agent(kAgents[contact.number % 3]);
    const auto say = [&](const char* what, bool out, int day, int minute, int second,
                         const std::string& program, const std::string& text) {
      messages.Row({id, id + what, "tannhoop", network, out ? "outbound" : "inbound",
                    WithOffset(world.At(day), minute, second), out ? "tannhoop" : CustomerOf(contact),
                    out && program == "no" ? agent : "", program, text});
    };
    say("-1", false, contact.day, contact.minute, 0, "", contact.asks);
    if (WayOf(contact).automatic) say("-2", true, contact.day, contact.minute, 5, "yes", automatic);
    if (contact.reply_day >= 0)
      say("-3", true, contact.reply_day, contact.reply_minute, 0, "no", contact.answer);
    const Topic& topic = TopicOf(contact.topic);
    const bool resolved = contact.resolved_day >= 0;
    filed.Row({id, "dm", network, "tannhoop", CustomerOf(contact), ToIso(world.At(contact.day)),
               Utc(world, contact.day, contact.minute),
               resolved ? Utc(world, contact.resolved_day, contact.resolved_minute) : "",
               resolved ? Whole(contact.again) : "", std::string(topic.name), std::string(topic.driver)});
  }
  return {{"exports/inbox/messages.csv", messages.text()}, {"exports/inbox/filed.csv", filed.text()}};
}

DemoFile Calls(const World& world) {
  Csv csv({"call_id", "date", "started_at", "queue", "wait_seconds", "duration_seconds", "abandoned", "agent",
           "issue", "driver", "resolved"});
  for (const Call& call : world.voices.calls) {
    const Topic& topic = TopicOf(call.topic);
    csv.Row({"t" + std::to_string(call.number), ToIso(world.At(call.day)), Utc(world, call.day, call.minute),
             "service", Whole(call.wait_seconds), call.abandoned ? "" : Whole(call.seconds),
             call.abandoned ? "true" : "false", call.abandoned ? "" : std::string(kAgents[call.number % 3]),
             call.abandoned ? "" : std::string(topic.name), call.abandoned ? "" : std::string(topic.driver),
             call.resolved ? "true" : "false"});
  }
  return {"exports/phone/calls.csv", csv.text()};
}

}  // namespace

std::string ContactId(const Contact& contact) {
  return (contact.way == kEmail ? "zendesk:" : "inbox-") + std::to_string(contact.number);
}

Result<DemoFiles> ExportDesk(const World& world) {
  BACKCAST_TRY(const Phrases phrases, Phrases::Read("b2c"));
  DemoFiles files = Tickets(world);
  for (DemoFile& file : Inbox(world, phrases.Automatic())) files.push_back(std::move(file));
  files.push_back(Calls(world));
  return files;
}

}  // namespace backcast::demo
