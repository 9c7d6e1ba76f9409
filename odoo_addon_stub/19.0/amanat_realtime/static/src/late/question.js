/** What the guard asks with; comes with its first question. */
import { GuardDialog } from "../guard/guard_dialog.js";
import { question } from "../guard/guard_question.js";
import { offerQuestion } from "../guard/asking.js";

offerQuestion({ Dialog: GuardDialog, propsOf: question });
