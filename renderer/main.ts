import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/tables.css'
import './styles/forms.css'
import './styles/sheets.css'
import { apiKey } from './api'
import App from './App.vue'
import { chooseLanguage, t } from './text'

chooseLanguage(navigator.languages)
document.documentElement.lang = t.locale

createApp(App).use(createPinia()).provide(apiKey, window.patchbay).mount('#app')
