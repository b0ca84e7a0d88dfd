// SPDX-License-Identifier: Apache-2.0
// Words by which a person stands in what others wrote. The lake knows ids by keyed hash only, so that a word
// is known by hashing the words that stand there. Included by desk sources only.
#pragma once

#include "desk/forget_find.h"

namespace backcast {

/// Words shorter than this are too common to be looked for in what others wrote.
inline constexpr std::size_t kShortestWord = 5;

/// Fills `words` and `unnamed` of a person who was found; `id` is the word that was asked for. Looks at the
/// words of every kept version ("ever" views are attached) in texts, names and the lake's own records. An id
/// with a blank in it is not found inside a text. Errors: those of the engine.
Result<Done> FindWords(Workspace& workspace, const std::string& id, const std::string& salt,
                       KnownPerson& person);

/// Columns of the lake's own records, by table, in which an id may stand.
struct RecordColumns {
  const char* table;
  std::vector<std::string> columns;
};
const std::vector<RecordColumns>& RecordsThatName();

}  // namespace backcast
