// SPDX-License-Identifier: Apache-2.0
// The block `content` of a plan: which posts belong to which theme, and which groups of themes are held
// against each other. Comes in: YAML; goes out: plain rules. Labels are made from rules or by hand before
// numbers are seen, never from the numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace backcast {

/// A post has the theme when one of `words` or `hashtags` is in its text (where there are any), and its
/// format and account are among those named (where there are any). A theme that names nothing is given by
/// hand only.
struct ThemeRule {
  std::string id, name, note;
  std::vector<std::string> words, hashtags, formats, accounts;
  std::vector<std::string> posts;  ///< that have it by hand
  Place place;
};

/// How a post with several themes counts: one part of it in each, or whole in the first theme of the list.
enum class Several : std::uint8_t { kShared, kFirst };

/// Posts of any of these themes, or of these values of the post's `focus`.
struct PostGroup {
  std::string name;
  std::vector<std::string> themes, focus;
};

/// Two groups held against each other, such as human against product.
struct GroupPair {
  std::string id;
  PostGroup one, other;
};

struct ContentRules {
  std::vector<ThemeRule> themes;
  Several several = Several::kShared;
  std::vector<GroupPair> pairs;
};

/// Errors: kInput with file:line:column for a theme without id, two themes of one id, a pair without two
/// groups, a group that names no theme of the list and no focus, a word for `several` that is unknown.
Result<ContentRules> ReadContentRules(const Yaml& content, std::string_view file);

/// Themes given by hand, in a table or under `posts` of a theme: post (its id, platform:id, or address) ->
/// themes, as they were written.
using HandLabels = std::map<std::string, std::vector<std::string>>;

/// Adds what stands under `posts` of the themes.
void AddPostsOf(const ContentRules& rules, HandLabels& by_hand);

/// What is asked of a post to label it.
struct PostWords {
  std::string platform, account, id, url, text, format;
  std::string said;  ///< the theme that the export itself gives; may be empty
};

/// Where a post's themes came from.
enum class LabelSource : std::uint8_t { kNone, kHand, kRule, kExport };

struct PostLabels {
  std::vector<std::string> themes;  ///< ids, in the order of the rules; each once
  LabelSource source = LabelSource::kNone;
};

/// Rules made ready once for many posts.
class Labeller {
 public:
  Labeller(const ContentRules& rules, const HandLabels& by_hand);
  ~Labeller();
  Labeller(Labeller&&) noexcept;
  Labeller& operator=(Labeller&&) noexcept;

  /// What was given by hand; else what the rules say; else what the export says.
  PostLabels LabelsOf(const PostWords& post) const;

 private:
  struct Ready;
  std::vector<Ready> ready_;
  const HandLabels* by_hand_;
};

/// Twelve hex digits of everything that decides about labels: it changes when a rule or a label does, and not
/// with names, notes or pairs.
std::string LabelVersion(const ContentRules& rules, const HandLabels& by_hand);

}  // namespace backcast
