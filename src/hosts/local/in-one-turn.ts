/** Gathers the questions that are put in one turn and gives them to `work` together; each who asked gets the whole of its answer. */
export function inOneTurn<Question, Answer>(
  work: (questions: readonly Question[]) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  let gathered: { questions: Question[]; answer: Promise<Answer> } | null = null;
  return (question) => {
    if (gathered === null) {
      const questions: Question[] = [];
      // All who ask in this turn have asked when the next one begins.
      const answer = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        gathered = null;
        return work(questions);
      });
      gathered = { questions, answer };
    }
    gathered.questions.push(question);
    return gathered.answer;
  };
}
