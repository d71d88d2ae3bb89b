/* What the kiosk says, in the tone of the standard's appendix C: 您好, 请, 对不起, and always what to do instead.
   A text is [Chinese, English]; {name} is a place to fill. */

import {html} from "shared/dom.js";

const TEXTS = {
  ask: ["您好，请问您需要办理什么业务？", "Welcome. Touch the service you need and take a number."],
  askElder: ["您好！\n请问您要办什么事？\n请按下面的大按钮。", "Welcome.\nPlease press one of the large keys."],
  askItem: ["请选择您要办理的事项", "What would you like to do?"],
  anyItem: ["其他事项，或者我不确定", "Something else, or not sure"],
  anyItemHint: ["到窗口后，工作人员会为您确认", "The clerk will help you"],
  check: ["请您确认，再取号", "Please check, then take your number"],
  personal: ["个人办事", "For yourself and family"],
  company: ["企业办事", "For companies"],
  service: ["咨询、领证与帮办", "Advice, collection, assistance"],
  waitLabel: ["大约要等", "Estimated wait"],
  about: ["约", "about"],
  minutes: ["分钟", "min"],
  within: ["{n} 分钟以内", "within {n} min"],
  noWait: ["现在不用等", "No waiting now"],
  unknownWait: ["时间待定", "Time not known yet"],
  unknownWhy: ["负责窗口暂时没有开放，开放后会显示预计时间，您可以先取号", "No window is open just now. You may take a number; the time follows."],
  turn: ["预计 {from}–{to} 轮到您", "Your turn around {from}–{to}"],
  turnAt: ["预计 {from} 轮到您", "Your turn around {from}"],
  aheadOf: ["前面 {n} 人", "{n} before you"],
  you: ["您", "you"],
  openWindows: ["{n} 个窗口", "{n} open"],
  busy: ["今天业务较多，请您排队等候，我们会尽快办理您的申请。", "It is busy today. Thank you for your patience."],
  whereLabel: ["在哪里办", "Where to go"],
  windowsAt: ["{windows} 号窗口", "Windows {windows}"],
  windowAt: ["{windows} 号窗口", "Window {windows}"],
  watchCalls: ["留意大屏和语音叫号，以免过号", "Watch the screens and listen for your number"],
  priority: ["我需要优先办理", "I need priority service"],
  priorityChosen: ["优先办理：{group}", "Priority: {group}"],
  priorityAsk: ["请选择优先办理的情形", "Reason for priority"],
  priorityNote: ["到窗口时请出示相应证件，系统只记录类别，不记录证件", "Please show your card at the window. Only the group is stored."],
  priorityNone: ["不需要优先", "No priority"],
  noPaper: ["这台取号机暂时不能打印，请用手机扫码，或到旁边的取号机", "No paper here just now: use your phone, or another kiosk"],
  takePrint: ["取号并打印", "Take a number"],
  takePhone: ["不打印，手机扫码取号", "No paper, use my phone"],
  take: ["取号", "Take a number"],
  taking: ["正在取号，请稍候", "One moment please"],
  back: ["返回", "Back"],
  home: ["回到首页", "Start page"],
  homeIn: ["{n} 秒后回到首页", "Start page in {n} s"],
  keepDay: ["号码当日有效，屏幕上不会出现您的姓名。", "Valid today. Your name is never shown."],
  still: ["您还需要继续办理吗？", "Do you need more time?"],
  stillHint: ["{n} 秒后回到首页，并清除刚才的选择", "Back to the start page in {n} s; your choices are cleared"],
  goOn: ["继续办理", "Continue"],
  english: ["English", "中文"],
  elder: ["长辈模式", "Large keys"],
  normal: ["普通模式", "Normal"],
  help: ["需要帮忙？请到咨询台，或叫身边的工作人员", "Need help? Ask at the information desk"],
  phoneLine: ["咨询电话 {phone}", "Phone {phone}"],
  more: ["更多事项", "More"],
  previous: ["上一页", "Previous"],
  pageOf: ["第 {n} 页，共 {of} 页", "Page {n} of {of}"],

  slipTitle: ["取号成功，请记住您的号码", "Your number"],
  slipWait: ["请您在等候区稍作等待，注意叫号以免过号", "Please wait in the waiting area and listen for your number"],
  printing: ["正在打印，请稍候取走号票", "Printing your slip"],
  printed: ["请取走您的号票", "Please take your slip"],
  printSlow: ["打印较慢，请用手机扫码，号码已经有效", "Printing is slow. Scan the code: your number is valid"],
  printFailed: ["对不起，没有打印出来。号码有效，请用手机扫码保存", "Sorry, it was not printed. Your number is valid: please scan"],
  paperless: ["请用手机扫码，随时查看排队进度", "Scan to follow your place in line"],
  scan: ["手机扫一扫", "Scan with your phone"],
  scanHint: ["查看进度，叫到时提醒您", "Follow your place, be told when called"],
  done: ["完成", "Done"],
  already: ["您已取号并在等候中", "You already have a number"],
  alreadyHint: ["不用重复取号，请留意叫号", "No need to take another one"],

  nearClosing: ["现在临近下班时间，您预计 {finish} 办完", "We close at {close}. You would probably be finished by {finish}. The choice is yours."],
  nearClosingUnknown: ["现在临近下班时间，办完可能要晚于下班", "We close soon and would probably finish with you after that. The choice is yours."],
  choose: ["请您自愿选择", "Please choose"],
  stay: ["继续等候", "Stay"],
  stayHint: ["取号后一直有效，窗口人员延时为您办完", "Your number stays valid; we stay until you are served"],
  book: ["改为预约", "Book instead"],
  bookHint: ["选一个方便的时间再来，到时优先叫号", "Come at a time that suits you"],
  leave: ["放弃取号", "Do not take a number"],
  leaveHint: ["可在网上或 24 小时自助区办理", "Use the online services or the 24-hour area"],
  recorded: ["您的选择会记录在号票上，等候中可以随时更改。", "Your choice is kept with the number and can be changed."],
  now: ["现在", "now"],
  closing: ["下班", "closing"],
  yourTurn: ["轮到您", "your turn"],
  finished: ["办完", "finished"],
  afterHours: ["延时服务", "after hours"],

  closedTitle: ["对不起，现在不在取号时间", "Sorry, numbers are not given out now"],
  closedHint: ["我们 {when} 开始办理，欢迎您到时再来", "We open again {when}"],
  hoursLabel: ["今天的办理时间", "Today's hours"],
  todayOff: ["今日停办 · 看办理时间", "Not today · see hours"],
  quotaTitle: ["对不起，这项业务今天的号已经取完", "Sorry, today's numbers for this are gone"],
  noWindowTitle: ["对不起，今天没有窗口办理这项业务", "Sorry, no window serves this today"],
  tooManyTitle: ["请稍等片刻再取号", "Please wait a moment"],
  notEnrolledTitle: ["对不起，这台取号机还没有启用", "Sorry, this kiosk is not in service yet"],
  lostTitle: ["对不起，暂时没有收到回复", "Sorry, no answer yet"],
  lostHint: ["请按“再试一次”，不会重复取号", "Press “Try again”: you will not get two numbers"],
  otherTitle: ["对不起，没有取到号", "Sorry, no number was given"],
  tryAgain: ["再试一次", "Try again"],
  instead: ["您可以", "You can"],
  insteadDesk: ["到咨询台，工作人员帮您安排", "Ask at the information desk"],
  insteadOtherKiosk: ["使用旁边的取号机", "Use another kiosk"],
  insteadPhone: ["拨打咨询电话 {phone}，预约或了解办法", "Call {phone} to book or to ask"],
  insteadHotline: ["拨打 {hotline} 政务服务便民热线", "Call the hotline {hotline}"],
  inside24: ["到 24 小时自助服务区，随时可办", "Use the 24-hour self-service area"],
  bookTitle: ["好的，为您改为预约", "Book a time instead"],
  bookDetail: ["这次没有取号。请到咨询台或拨打咨询电话，约一个方便的时间", "No number was taken. Book at the desk or by phone"],
  leaveTitle: ["好的，没有取号，再见", "No number was taken. Goodbye"],
  leaveDetail: ["谢谢您的理解，欢迎您下次再来", "Thank you. We hope to see you again"],
};

/** The words of one language: word("back") → text; pair("back") → text with the other language second and lighter;
 *  second("check") → the line of the other language under a heading; name(row) → a name from the hall file. */
export function wordsIn(language) {
  const [first, second] = language === "en" ? [1, 0] : [0, 1];
  const codes = ["zh-CN", "en"];
  const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
  const word = (key, facts = {}) => filled(TEXTS[key][first], facts);
  const other = (key, facts = {}) => filled(TEXTS[key][second], facts);
  const pair = (key, facts) => html`<span>${word(key, facts)}</span><span class="en" lang="${codes[second]}">${other(key, facts)}</span>`;
  const line = (key, facts) => html`<p class="en" lang="${codes[second]}">${other(key, facts)}</p>`;
  const name = (row) => (language === "en" && row.name_en ? row.name_en : row.name);
  return {language, lang: codes[first], word, pair, second: line, name};
}
