import { createJiraSimulator } from '../../src/demo/jira-simulator/jira-simulator.ts'
import { generateSite, type GenerateOptions } from '../../src/demo/jira-simulator/loading/generated-site.ts'
import { answerParent } from './child.ts'

/** A simulated Jira with a generated site. Answers with its address. */
answerParent(async (options: GenerateOptions): Promise<string> => {
  const { baseUrl } = await createJiraSimulator({ history: generateSite(options) }).start()
  return baseUrl
})
