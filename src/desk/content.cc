// SPDX-License-Identifier: Apache-2.0
#include "desk/content.h"

#include "desk/content_words.h"
#include "desk/ready.h"

namespace backcast {

Result<Answer> ShowContent(Workspace& workspace, const ContentCommand& command, Talk& talk) {
  ScoreOptions card = command.card;
  if (card.period.empty()) card.period = "last-" + std::to_string(kContentDays) + "d";
  card.compare = "none";
  BACKCAST_TRY(const Ready ready, Prepare(workspace, card, talk));
  if (!HasRows(ready.coverage, "post")) {
    return Error{Code::kTooLittle, "", "no export of posts was read",
                 "ingest the content export of a platform; backcast sources list names them"};
  }
  const ContentQuestion question{card.filters, command.post, command.with_paid};
  BACKCAST_TRY(const ContentAnswer read, ReadContent(workspace, ready, question, talk));
  Answer answer;
  if (card.sql) {
    for (const std::string& statement : read.sql) answer.out += statement + ";\n\n";
    return answer;
  }
  if (read.tally.read == 0 && read.young.empty()) {
    return Error{Code::kTooLittle, ToWords(read.period), "no own post was published in this period",
                 "ask for another one with --period; backcast status says which days there are"};
  }
  if (card.format == Format::kJson) {
    answer.out = ContentJson(read);
  } else {
    const int width = card.style.width;
    answer.out =
        command.post.empty() ? ContentPaper(read, card.format, width) : YoungPaper(read, card.format, width);
  }
  answer.too_little = read.NothingJudged();
  const bool told = command.post.empty() && card.format != Format::kCsv;  // on the page itself
  if (answer.too_little && !told) talk.Say(NothingJudgedSentence(read));
  return answer;
}

}  // namespace backcast
