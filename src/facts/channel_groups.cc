// SPDX-License-Identifier: Apache-2.0
#include "facts/channel_groups.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

std::vector<ChannelGroup> ReadGroups() {
  std::vector<ChannelGroup> groups;
  const auto yaml =
      ParseYaml(Embedded("channels/groups.yaml").value_or(""), "catalogue/channels/groups.yaml");
  if (!yaml.ok()) return groups;
  for (const Yaml& entry : yaml.value().Items("groups")) {
    groups.push_back({entry.Text("id"), entry.Text("title"), entry.Texts("also"),
                      entry.Text("digital") == "true", entry.Text("links") == "true"});
  }
  return groups;
}

}  // namespace

const std::vector<ChannelGroup>& ChannelGroups() {
  static const std::vector<ChannelGroup> groups = ReadGroups();
  return groups;
}

const ChannelGroup* FindChannelGroup(std::string_view id) {
  for (const ChannelGroup& group : ChannelGroups()) {
    if (group.id == id) return &group;
  }
  return nullptr;
}

std::string ChannelTitle(std::string_view id) {
  if (id.empty()) return "of no channel";
  if (const ChannelGroup* group = FindChannelGroup(id)) return group->title;
  std::string title(id);
  std::replace(title.begin(), title.end(), '_', ' ');
  return title;
}

std::string ChannelGroupOf(std::string_view word) {
  const std::string lower = LowerAscii(word);
  for (const ChannelGroup& group : ChannelGroups()) {
    if (group.id == lower || LowerAscii(group.title) == lower) return group.id;
    for (const std::string& other : group.also) {
      if (LowerAscii(other) == lower) return group.id;
    }
  }
  return std::string(word);
}

}  // namespace backcast
