// SPDX-License-Identifier: Apache-2.0
#include "desk/listen.h"

#include <algorithm>
#include <thread>

#include "desk/listen_answer.h"
#include "desk/ready.h"

namespace backcast {

Result<Answer> ShowListening(Workspace& workspace, const ListenCommand& command, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  ListenQuestion question{command.by, command.brand, command.topics, workspace.engine().threads()};
  if (question.threads < 1)
    question.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  BACKCAST_TRY(const Listening listening, ReadListening(workspace, ready, question));
  Answer answer;
  const int width = command.card.style.width;
  if (command.card.sql) {
    for (const std::string& statement : listening.sql) answer.out += statement + ";\n";
  } else if (command.rows > 0) {
    answer.out = ListeningRows(listening, command.rows, command.card.format, width);
  } else {
    answer.out = command.card.format == Format::kJson ? ListeningJson(listening)
                                                      : ListeningPaper(listening, command.card.format, width);
  }
  return answer;
}

}  // namespace backcast
