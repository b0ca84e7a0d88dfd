# Data of others that ships inside the program; script/fetch-lexicons brings and checks it, docs/text.md names the licences.
set(lexicons_folder ${CMAKE_SOURCE_DIR}/.deps/lexicons-1)
if(NOT EXISTS ${lexicons_folder}/languages.txt)
  execute_process(COMMAND ${CMAKE_SOURCE_DIR}/script/fetch-lexicons RESULT_VARIABLE fetched)
  if(NOT fetched EQUAL 0)
    message(FATAL_ERROR "The lexicons could not be fetched; run script/setup and read what it says.")
  endif()
endif()
install(FILES ${lexicons_folder}/LICENSE.vader-sentiment ${lexicons_folder}/LICENSE.eld DESTINATION share/doc/backcast)
