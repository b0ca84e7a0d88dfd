// SPDX-License-Identifier: Apache-2.0
// A mapping laid over one file: which column of the file each field is, and what the file's name and title
// lines say.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/mapping.h"
#include "ingest/records.h"

namespace backcast {

struct Binding {
  std::vector<int> columns;  ///< per field: index in the header, -1 when the file has no such column
  std::vector<std::string> currencies;  ///< per field: the currency written in its header
  std::vector<std::string> unknown;     ///< headers that the mapping neither reads nor ignores
  std::vector<std::string> missing;     ///< required columns that are not there, by their first spelling
  std::size_t read = 0;                 ///< columns of the file that the mapping reads or ignores
  std::size_t named = 0;                ///< columns of the file that have a name
  bool telling = false;                 ///< it has a column that only this platform has
  bool foreign = false;                 ///< it has a column that this platform never writes
  bool by_name = false;                 ///< the file's name is one of this layout
  bool by_preamble = false;             ///< so are its title lines
  std::map<std::string, std::string, std::less<>>
      known;  ///< "$account" -> capture of the file name or a title line
};

/// Lays `mapping` over a table. `path` is the file as the user named it; its last folder and its name are
/// looked at.
Binding Bind(const Mapping& mapping, const Head& head, std::string_view path);

}  // namespace backcast
