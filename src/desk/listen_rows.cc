// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "desk/answer_table.h"
#include "desk/chain_json.h"
#include "desk/listen_answer.h"

namespace backcast {
namespace {

std::string NameAt(const WordTable& names, std::uint32_t number) {
  return number == kNoName ? std::string() : std::string(names[number]);
}

/// Places in in_scope, newest first.
std::vector<std::size_t> Newest(const Listening& listening, std::size_t most) {
  const Mentions& all = listening.heard.mentions;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < listening.in_scope.size(); ++at) {
    if (listening.period.Contains(all.DayOf(listening.in_scope[at]))) places.push_back(at);
  }
  std::stable_sort(places.begin(), places.end(), [&](std::size_t left, std::size_t right) {
    const std::uint32_t a = listening.in_scope[left], b = listening.in_scope[right];
    return all.day[a] != all.day[b] ? all.day[a] > all.day[b] : all.at[a] > all.at[b];
  });
  if (places.size() > most) places.resize(most);
  return places;
}

struct Row {
  std::string id, day, brand, platform, tone, said_by, language, issue, topic, topic_by, text;
};

Row RowAt(const Listening& listening, std::size_t place) {
  const Mentions& all = listening.heard.mentions;
  const std::uint32_t i = listening.in_scope[place];
  const std::int32_t number = listening.topic_of[place];
  const HeardTopic* topic = number < 0 ? nullptr : &listening.topics.topics[static_cast<std::size_t>(number)];
  const auto tone = all.ToneAt(i);
  return {all.id[i],
          ToIso(all.DayOf(i)),
          NameAt(all.brands, all.brand[i]),
          NameAt(all.platforms, all.platform[i]),
          tone ? std::string(ToWord(*tone)) : "",
          !std::isnan(all.told[i]) ? "export"
          : tone                   ? "backcast"
                                   : "",
          NameAt(all.languages, all.language[i]),
          NameAt(all.issues, all.issue[i]),
          topic == nullptr ? "" : topic->name,
          topic == nullptr ? ""
          : topic->told    ? "export"
                           : "backcast",
          std::string(listening.heard.texts.view()[i])};
}

}  // namespace

std::string ListeningRows(const Listening& listening, std::size_t most, Format format, int width) {
  const std::vector<std::size_t> places = Newest(listening, most);
  if (format == Format::kJson) {
    Json rows = Json::array();
    const auto or_null = [](const std::string& word) { return word.empty() ? Json() : Json(word); };
    for (const std::size_t place : places) {
      const Row row = RowAt(listening, place);
      rows.push_back({{"mention_id", row.id},
                      {"date", row.day},
                      {"brand", or_null(row.brand)},
                      {"platform", or_null(row.platform)},
                      {"tone", or_null(row.tone)},
                      {"tone_by", or_null(row.said_by)},
                      {"language", or_null(row.language)},
                      {"issue", or_null(row.issue)},
                      {"topic", or_null(row.topic)},
                      {"topic_by", or_null(row.topic_by)},
                      {"text", or_null(row.text)}});
    }
    Json json = Envelope("listen", listening.workspace, {{"rows", std::move(rows)}, {"limit", most}});
    json["as_of"] = ToIso(listening.as_of);
    json["period"] = {{"from", ToIso(listening.period.from)},
                      {"to", ToIso(listening.period.to - std::chrono::days{1})}};
    return Dump(json);
  }
  AnswerTable table{{"mention", "date", "brand", "tone", "by", "language", "issue", "topic", "text"}, {}, {}};
  for (const std::size_t place : places) {
    const Row row = RowAt(listening, place);
    table.rows.push_back(
        {row.id, row.day, row.brand, row.tone, row.said_by, row.language, row.issue, row.topic, row.text});
  }
  return format == Format::kCsv        ? table.ToCsv()
         : format == Format::kMarkdown ? table.ToMarkdown()
                                       : table.Folded(width, 0);
}

}  // namespace backcast
