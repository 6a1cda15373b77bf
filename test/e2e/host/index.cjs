// Tests that run inside VS Code's extension host: on desktop VS Code through @vscode/test-electron, elsewhere on its server edition. Results go to the file that
// RTI_HOST_RESULTS names.
const assert = require("node:assert/strict");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const vscode = require("vscode");

const extensionId = "reasoning-trace.reasoning-trace-inspector";
const viewType = "reasoningTrace.inspector";

async function eventually(check, ms = 20_000) {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

const samples = () => {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  return vscode.Uri.joinPath(extension.extensionUri, "media/samples/samples.jsonl");
};

const activeTab = () => vscode.window.tabGroups.activeTabGroup.activeTab;

async function openSamples() {
  await vscode.commands.executeCommand("vscode.openWith", samples(), viewType);
  await eventually(() => assert.equal(activeTab()?.input?.viewType, viewType));
}

/** Waits until the view has told the host which trace is open. */
const traceIsOpen = (command) =>
  eventually(async () => {
    await vscode.commands.executeCommand(command);
    assert.notEqual(activeTab()?.input?.viewType, viewType);
  });

const tests = {
  "every command of the manifest is registered: at once what needs no open trace, with the first one all": async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    await extension.activate();
    const missing = async () => {
      const registered = new Set(await vscode.commands.getCommands(true));
      return extension.packageJSON.contributes.commands.filter(({ command }) => !registered.has(command));
    };
    assert.deepEqual(
      (await missing()).filter(({ enablement }) => enablement === undefined),
      [],
    );
    await vscode.commands.executeCommand("vscode.openWith", samples(), viewType);
    await eventually(async () => assert.deepEqual(await missing(), []));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  },

  "a .jsonl opens in the inspector by default": async () => {
    await vscode.commands.executeCommand("vscode.open", samples());
    await eventually(() => assert.equal(activeTab()?.input?.viewType, viewType));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  },

  "the analysis document is the public JSON": async () => {
    await openSamples();
    await traceIsOpen("reasoningTrace.showAnalysis");
    const document = await eventually(() => {
      const found = vscode.window.activeTextEditor?.document;
      assert.ok(found && found.languageId === "json");
      return found;
    });
    const analysis = JSON.parse(document.getText());
    assert.equal(analysis.id, "geometry/101");
    assert.equal(analysis.finalAnswer, "50");
    assert.ok(analysis.units.length > 2);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  },

  "the text document holds the exact reasoning text, with outline and folding": async () => {
    await openSamples();
    await traceIsOpen("reasoningTrace.showTraceAsText");
    const document = await eventually(() => {
      const found = vscode.window.activeTextEditor?.document;
      assert.ok(found && found.uri.scheme === "reasoning-trace");
      return found;
    });
    const record = JSON.parse(readFileSync(samples().fsPath, "utf8").split("\n")[0]);
    assert.equal(document.getText(), record.response.split("<think>")[1].split("</think>")[0]);
    const symbols = await vscode.commands.executeCommand("vscode.executeDocumentSymbolProvider", document.uri);
    assert.ok(symbols.length > 2, "units are in the outline");
    const folds = await vscode.commands.executeCommand("vscode.executeFoldingRangeProvider", document.uri);
    assert.ok(folds.length > 2, "units fold");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  },

  "Open as Text shows the file itself": async () => {
    await openSamples();
    await traceIsOpen("reasoningTrace.openAsText");
    await eventually(() => assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), samples().toString()));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  },
};

exports.run = async () => {
  const report = { passed: 0, failed: 0, skipped: [], messages: [] };
  for (const [title, test] of Object.entries(tests)) {
    try {
      await test();
      report.passed += 1;
      report.messages.push(`✓ ${title}`);
    } catch (error) {
      report.failed += 1;
      report.messages.push(`✗ ${title}: ${error.stack ?? error}`);
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    }
  }
  writeFileSync(process.env.RTI_HOST_RESULTS ?? join(__dirname, "../../out/host.json"), JSON.stringify(report, null, 2));
  if (report.failed > 0) throw new Error(report.messages.join("\n"));
};
