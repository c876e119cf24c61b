## Экран кухни: что отнести и о чём знать

kitchen-page = Кухня · { $house }
kitchen-title = Кухня
kitchen-pair = Экран для кухни
kitchen-pair-name = Кухня
kitchen-whose = Чьи дела
kitchen-whose-kitchen = Кухня
kitchen-whose-floor = Зал
kitchen-whose-all = Все
kitchen-now = Сейчас
kitchen-later = Скоро
kitchen-noted = Уже знаем
kitchen-nothing-now = Сейчас нести нечего.
kitchen-nothing-later = Пока больше ничего.
kitchen-who = { $name } · { $size }
kitchen-allergies = За столом аллергия
kitchen-large = Компания: { $size }
kitchen-units = { $count } × { $name }
kitchen-here = уже здесь
kitchen-comes = { $time }, через { $minutes } мин
kitchen-expected = ждём с { $time }
kitchen-with-bill = к счёту
kitchen-check-down = счёт на столе
kitchen-in = { $time }, через { $minutes } мин
kitchen-due = { $minutes ->
    [0] сейчас
   *[other] ждёт { $minutes } мин
}
kitchen-over = опоздание { $minutes } мин
kitchen-know = Знаем
kitchen-done = { $table } · { $what }
kitchen-noted-by = знает { $name }
kitchen-offline = Нет связи с { $time }. На экране то, что было тогда.
kitchen-log-in = Кто здесь?
