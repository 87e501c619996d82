// The page's own words; everything else is said by the bot.
const TEXTS = {
  hi: {
    bot: "बॉट", typing: "लिख रहा है…", connecting: "जोड़ रहे हैं…", restarted: "बॉट फिर से शुरू हुआ",
    start: "शुरू करें", placeholder: "अपना सवाल लिखें…", send: "भेजें", menu: "आदेश", down: "नए संदेशों पर जाएँ",
    log: "बातचीत", you: "आप", edited: "बदला गया", today: "आज", yesterday: "कल", ok: "ठीक है",
    notSent: "संदेश नहीं गया। बॉट चल रहा है या नहीं, देखें।", copied: "कॉपी हो गया", photo: "फ़ोटो",
    expand: "पूरा पढ़ें", collapse: "कम करें", spoiler: "छिपा हुआ, दिखाने के लिए दबाएँ", reader: "पाठक",
    welcome: "नमस्ते! नीचे दबाकर बातचीत शुरू करें।", newTab: "नए टैब में खुलता है",
  },
  en: {
    bot: "bot", typing: "typing…", connecting: "connecting…", restarted: "The bot was started again",
    start: "Start", placeholder: "Ask in Hindi or English…", send: "Send", menu: "Commands", down: "To the newest messages",
    log: "Conversation", you: "You", edited: "edited", today: "Today", yesterday: "Yesterday", ok: "OK",
    notSent: "The message wasn't sent. Is the bot still running?", copied: "Copied", photo: "Photo",
    expand: "Show all", collapse: "Show less", spoiler: "Hidden, press to show", reader: "Reader",
    welcome: "Hello! Press the button below to begin.", newTab: "opens in a new tab",
  },
};

export const language = navigator.languages.some((one) => one.toLowerCase().startsWith("hi")) ? "hi" : "en";
export const t = TEXTS[language];
