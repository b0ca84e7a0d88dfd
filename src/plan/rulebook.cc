// SPDX-License-Identifier: Apache-2.0
#include "plan/rulebook.h"

#include <algorithm>
#include <optional>

#include "base/embedded.h"

namespace backcast {
namespace {

constexpr std::size_t kLongestId = 200;  // bytes of a node's id in a finding

std::optional<Severity> SeverityOf(std::string_view word) {
  for (const Severity severity :
       {Severity::kAdvice, Severity::kFutureError, Severity::kWarning, Severity::kError}) {
    if (ToWord(severity) == word) return severity;
  }
  return std::nullopt;
}

/// Puts the words in, once: what they bring along is not looked at again.
std::string Fill(std::string_view wording, const Said& said) {
  std::string filled;
  while (!wording.empty()) {
    const std::size_t plain = std::min(wording.find('{'), wording.size());
    filled += wording.substr(0, plain);
    wording.remove_prefix(plain);
    const std::string_view slot = wording.substr(0, 3);
    if (slot == "{x}" || slot == "{y}" || slot == "{z}" || slot == "{w}") {
      filled += slot[1] == 'x' ? said.x : slot[1] == 'y' ? said.y : slot[1] == 'z' ? said.z : said.w;
      wording.remove_prefix(3);
    } else if (!wording.empty()) {
      filled += wording[0];
      wording.remove_prefix(1);
    }
  }
  return filled;
}

/// The longest beginning of `text` of at most `bytes` bytes that does not cut a UTF-8 character.
std::string_view Beginning(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::set<std::string, std::less<>> Rule::Words(std::string_view key) const {
  std::set<std::string, std::less<>> words;
  if (const Yaml* value = with.Find(key)) {
    for (std::string& text : value->Texts()) words.insert(std::move(text));
  }
  return words;
}

double Rule::Number(std::string_view key, double otherwise) const {
  const Yaml* value = with.Find(key);
  return value == nullptr ? otherwise : value->Number().value_or(otherwise);
}

const Rulebook& Rulebook::Shipped() {
  static const Rulebook book = [] {
    Result<Rulebook> parsed = Parse(Embedded("plan/rules.yaml").value_or(""), "catalogue/plan/rules.yaml");
    return parsed.ok() ? std::move(parsed).value() : Rulebook();
  }();
  return book;
}

Result<Rulebook> Rulebook::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  Rulebook book;
  const Yaml* rules = root.Find("rules");
  if (rules == nullptr) return Error{Code::kInput, std::string(file), "there is no list 'rules'", ""};
  for (const Yaml& item : rules->items) {
    Rule rule;
    rule.id = item.Text("id");
    const auto severity = SeverityOf(item.Text("severity"));
    if (!severity) {
      return Error{Code::kInput, At(file, item.place),
                   "the rule " + rule.id + " has the severity '" + item.Text("severity") + "'",
                   "advice, future_error, warning or error"};
    }
    rule.severity = *severity;
    rule.title = item.Text("title");
    rule.message = item.Text("message");
    rule.why = item.Text("why");
    rule.fix = item.Text("fix");
    rule.seed = item.Text("seed");
    if (const Yaml* variants = item.Find("variants")) {
      for (const Yaml::Entry& entry : variants->entries) rule.variants[entry.key] = entry.value.text;
    }
    if (const Yaml* test = item.Find("test")) rule.test = *test;
    if (const Yaml* with = item.Find("with")) rule.with = *with;
    book.rules_.push_back(std::move(rule));
  }
  return book;
}

const Rule& Rulebook::Find(std::string_view id) const {
  for (const Rule& rule : rules_) {
    if (rule.id == id) return rule;
  }
  return none_;
}

namespace {

/// Bytes of the character at the beginning of `text` that would break the line, turn the writing round or
/// hide, 0 for any other: C1 controls, U+061C, U+200B, U+200E, U+200F, U+2028 to U+202E, U+2060 to U+2069,
/// U+FEFF.
std::size_t LengthOfMark(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
  };
  const unsigned second = byte(1), third = byte(2);
  if (byte(0) == 0xC2) return second >= 0x80 && second <= 0x9F ? 2 : 0;
  if (byte(0) == 0xD8) return second == 0x9C ? 2 : 0;
  if (byte(0) == 0xEF) return second == 0xBB && third == 0xBF ? 3 : 0;
  if (byte(0) != 0xE2) return 0;
  const bool general =
      second == 0x80 && (third == 0x8B || third == 0x8E || third == 0x8F || (third >= 0xA8 && third <= 0xAE));
  const bool isolates = second == 0x81 && third >= 0xA0 && third <= 0xA9;
  return general || isolates ? 3 : 0;
}

}  // namespace

std::string Shortened(std::string_view text, std::size_t most) {
  const std::string_view beginning = Beginning(text, most);
  std::string shortened;
  for (std::size_t at = 0; at < beginning.size();) {
    const std::size_t mark = LengthOfMark(beginning.substr(at));
    const char c = beginning[at];
    shortened += mark > 0 || static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    at += std::max<std::size_t>(mark, 1);
  }
  if (beginning.size() < text.size()) shortened += "…";
  return shortened;
}

Finding Say(const Rule& rule, const Said& said, std::string_view file, const Place& place,
            std::string_view node) {
  const auto variant = rule.variants.find(said.variant);
  Finding finding;
  finding.rule = rule.id;
  finding.severity = rule.severity;
  finding.file = file;
  finding.place = place.line > 0 ? place : Place{1, 1};
  finding.message = Fill(variant == rule.variants.end() ? rule.message : variant->second, said);
  finding.why = rule.why;
  finding.fix = Fill(rule.fix, said);
  finding.seed = rule.seed;
  finding.node = Beginning(node, kLongestId);
  return finding;
}

}  // namespace backcast
