"""From the text of a questionnaire to frozen types, with every problem collected."""
