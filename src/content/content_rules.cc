// SPDX-License-Identifier: Apache-2.0
#include "content/content_rules.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "content/folded_text.h"

namespace backcast {
namespace {

Error Fault(std::string_view file, const Place& place, std::string what, std::string hint) {
  return {Code::kInput, At(file, place), std::move(what), std::move(hint)};
}

constexpr auto kThemeHint = "for example {id: repair, words: [mend, repair], hashtags: [repaircafe]}";
constexpr auto kPairHint =
    "for example {id: people_product, one: {name: People, themes: [people]}, other: {name: Product, themes: "
    "[product]}}";

Result<ThemeRule> ReadTheme(const Yaml& node, std::string_view file) {
  ThemeRule theme{.id = node.Text("id"),
                  .name = node.Text("name", node.Text("id")),
                  .note = node.Text("note"),
                  .words = node.Texts("words"),
                  .hashtags = node.Texts("hashtags"),
                  .formats = node.Texts("formats"),
                  .accounts = node.Texts("accounts"),
                  .posts = node.Texts("posts"),
                  .place = node.place};
  if (theme.id.empty()) return Fault(file, node.place, "the theme has no id", kThemeHint);
  return theme;
}

Result<PostGroup> ReadGroup(const Yaml& pair, std::string_view key, const std::set<std::string>& known,
                            std::string_view file) {
  const Yaml* node = pair.Find(key);
  if (node == nullptr || !node->IsMap())
    return Fault(file, pair.place, "the pair has no group '" + std::string(key) + "'", kPairHint);
  PostGroup group{node->Text("name", key), node->Texts("themes"), node->Texts("focus")};
  if (group.themes.empty() && group.focus.empty())
    return Fault(file, node->place, "the group '" + group.name + "' names no theme and no focus", kPairHint);
  for (const std::string& theme : group.themes) {
    if (!known.empty() && !known.contains(theme))
      return Fault(file, node->place,
                   "the group '" + group.name + "' names the theme '" + theme + "', which the list has not",
                   "themes stand under content.themes");
  }
  return group;
}

void Put(Sha256& hash, std::string_view text) {
  hash.Add(std::to_string(text.size()));
  hash.Add(":");
  hash.Add(text);
}

void Put(Sha256& hash, const std::vector<std::string>& texts) {
  Put(hash, std::to_string(texts.size()));
  for (const std::string& text : texts) Put(hash, text);
}

bool OneOf(const std::vector<FoldedText>& texts, const FoldedText& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::vector<FoldedText> Folded(const std::vector<std::string>& texts) {
  return std::vector<FoldedText>(texts.begin(), texts.end());
}

}  // namespace

Result<ContentRules> ReadContentRules(const Yaml& content, std::string_view file) {
  ContentRules rules;
  std::set<std::string> known;
  for (const Yaml& node : content.Items("themes")) {
    BACKCAST_TRY(ThemeRule theme, ReadTheme(node, file));
    if (!known.insert(theme.id).second)
      return Fault(file, node.place, "there are two themes '" + theme.id + "'", "ids differ from each other");
    rules.themes.push_back(std::move(theme));
  }
  const std::string several = content.Text("several", "shared");
  if (several != "shared" && several != "first")
    return Fault(file, content.Find("several")->place,
                 "a post of several themes does not count '" + several + "'",
                 "shared: a part of it in each theme; first: whole in the first theme of the list");
  rules.several = several == "first" ? Several::kFirst : Several::kShared;
  for (const Yaml& node : content.Items("compare")) {
    GroupPair pair;
    pair.id = node.Text("id");
    if (pair.id.empty()) return Fault(file, node.place, "the pair has no id", kPairHint);
    BACKCAST_TRY(pair.one, ReadGroup(node, "one", known, file));
    BACKCAST_TRY(pair.other, ReadGroup(node, "other", known, file));
    rules.pairs.push_back(std::move(pair));
  }
  return rules;
}

void AddPostsOf(const ContentRules& rules, HandLabels& by_hand) {
  for (const ThemeRule& rule : rules.themes) {
    for (const std::string& post : rule.posts) {
      std::vector<std::string>& themes = by_hand[post];
      if (std::find(themes.begin(), themes.end(), rule.id) == themes.end()) themes.push_back(rule.id);
    }
  }
}

struct Labeller::Ready {
  std::string id;
  std::vector<FoldedText> words, hashtags, formats, accounts;

  bool Asks() const { return !words.empty() || !hashtags.empty() || !formats.empty() || !accounts.empty(); }
  bool Fits(const FoldedText& text, const FoldedText& format, const FoldedText& account) const {
    if (!formats.empty() && !OneOf(formats, format)) return false;
    if (!accounts.empty() && !OneOf(accounts, account)) return false;
    if (words.empty() && hashtags.empty()) return true;
    return std::any_of(words.begin(), words.end(),
                       [&](const FoldedText& word) { return text.HasWords(word); }) ||
           std::any_of(hashtags.begin(), hashtags.end(),
                       [&](const FoldedText& tag) { return text.HasHashtag(tag); });
  }
};

Labeller::Labeller(const ContentRules& rules, const HandLabels& by_hand) : by_hand_(&by_hand) {
  for (const ThemeRule& rule : rules.themes) {
    ready_.push_back(
        {rule.id, Folded(rule.words), Folded(rule.hashtags), Folded(rule.formats), Folded(rule.accounts)});
  }
}
Labeller::~Labeller() = default;
Labeller::Labeller(Labeller&&) noexcept = default;
Labeller& Labeller::operator=(Labeller&&) noexcept = default;

PostLabels Labeller::LabelsOf(const PostWords& post) const {
  for (const std::string& key : {post.platform + ":" + post.id, post.id, post.url}) {
    const auto found = key.empty() ? by_hand_->end() : by_hand_->find(key);
    if (found != by_hand_->end()) return {found->second, LabelSource::kHand};
  }
  PostLabels labels;
  const FoldedText text(post.text), format(post.format), account(post.account);
  for (const Ready& rule : ready_) {
    if (rule.Asks() && rule.Fits(text, format, account)) labels.themes.push_back(rule.id);
  }
  if (!labels.themes.empty()) {
    labels.source = LabelSource::kRule;
  } else if (!post.said.empty()) {
    labels = {{post.said}, LabelSource::kExport};
  }
  return labels;
}

std::string LabelVersion(const ContentRules& rules, const HandLabels& by_hand) {
  Sha256 hash;
  Put(hash, rules.several == Several::kFirst ? "first" : "shared");
  for (const ThemeRule& rule : rules.themes) {
    Put(hash, rule.id);
    for (const auto* list : {&rule.words, &rule.hashtags, &rule.formats, &rule.accounts}) Put(hash, *list);
  }
  for (const auto& [post, themes] : by_hand) {
    Put(hash, post);
    Put(hash, themes);
  }
  return hash.Hex().substr(0, 12);
}

}  // namespace backcast
